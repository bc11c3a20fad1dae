import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { TablePage, TableQuery } from '../../shared/protocol.ts';
import { truncateLongValue, isShort, selectTruncated } from './long-values.ts';
import { truncateCell } from './truncate-cell.ts';
import type { Cluster } from './cluster.ts';
import { fitRows } from './fit-rows.ts';
import { openRootSession } from './open-root-session.ts';
import { DatabaseError } from './database-error.ts';
import { sqlName } from './sql-quoting.ts';
import type { QueryResult, SqlSession } from './sql-session.ts';
import { isUndefined, noSuchTable, readShape, type TableShape } from './table-shape.ts';
import {
  NO_SUCH_COLUMN,
  ROWS_TOO_LARGE,
  notSortedSentence,
  tableHeldSentence,
} from '../sentences/database-sentences.ts';

/** For one statement, which may have to wait for ever, for example for a lock of the reader's own transaction. */
const STATEMENT_SECONDS = 2;
/** The most bytes that an answer may have, both as JSON and in the server's memory. */
const MAX_BYTES = 256 << 10;
const MAX_KEY_CHARACTERS = 64;
/** The first attempt, and one after giving up each of the three fields of `Manner`. */
const MAX_ATTEMPTS = 4;
const TOO_LARGE = '54000';
const CANCELED = '57014';

/** How much is read. */
interface Manner {
  sums: boolean;
  /** Read the key even if its column is hidden; on the stand-in it cannot be read. */
  hiddenKey: boolean;
  /** Read only the beginning of long values. */
  isCut: boolean;
}

/** The attempt failed; one that asks for less may succeed. */
class AskLess extends Error {
  readonly manner: Manner;

  constructor(manner: Manner, cause: unknown) {
    super('ask for less', { cause });
    this.manner = manner;
  }
}

/**
 * Reads some rows of a table, the number of all rows, and the sums of its numeric columns, in one transaction. Limited
 * in columns, cells and bytes. It uses OFFSET rather than the last row's key, so that any page can be requested and the
 * statement is one that people would write; tables in a sandbox are too small for that to be slow. Throws AppError
 * `not-found` when there is no such table, `bad-request` when it cannot be sorted by that column, and `busy` when it
 * takes too long. Rejects when `signal` aborts or the cluster returns nonsense.
 */
export async function readTablePage(cluster: Cluster, query: TableQuery, signal: AbortSignal): Promise<TablePage> {
  let manner: Manner = { sums: true, hiddenKey: true, isCut: false };
  for (let left = MAX_ATTEMPTS; ; left -= 1) {
    const session = await openRootSession(cluster, query.database, signal).catch((cause: unknown) => {
      throw isUndefined(cause) ? noSuchTable(cause) : cause;
    });
    try {
      return await readIn(session, query, manner);
    } catch (cause) {
      if (cause instanceof DatabaseError && cause.sqlState === CANCELED)
        throw new AppError('busy', tableHeldSentence(STATEMENT_SECONDS), { cause });
      if (!(cause instanceof AskLess) || left === 1) throw cause instanceof AskLess ? cause.cause : cause;
      manner = cause.manner;
    } finally {
      await session.close();
    }
  }
}

async function readIn(session: SqlSession, query: TableQuery, manner: Manner): Promise<TablePage> {
  await session.query(`SET statement_timeout = '${STATEMENT_SECONDS}s'`);
  const shape = await readShape(session, query);
  const { columns, path, moreColumns } = shape;
  const summed = manner.sums ? shape.summed : [];
  const key = keyOf(shape, manner);
  const sql = {
    tables: shape.sql,
    totals: `SELECT ${['count(*)', ...summed.map((name) => `sum(${sqlName(name)})`)].join(', ')} FROM ${path}`,
    rows: rowsStatement(shape, key, query, manner),
  };
  await session.query('BEGIN TRANSACTION READ ONLY');
  const totals = await session.query(sql.totals).catch((cause: unknown) => {
    // A sum can overflow.
    throw isRefused(cause) && manner.sums ? new AskLess({ ...manner, sums: false }, cause) : cause;
  });
  const answer = await session.query(sql.rows).catch((cause: unknown) => {
    throw lessRows(cause, key, shape, query, manner);
  });
  await session.query('COMMIT');
  if (answer.rows.length < answer.count && !manner.isCut)
    throw new AskLess({ ...manner, isCut: true }, new DatabaseError(ROWS_TOO_LARGE));
  const [count, ...sums] = totals.rows[0] ?? [];
  return fit({
    count: Number(count ?? 0),
    columns: columns.map((column) =>
      summed.includes(column.name) ? { ...column, sum: sums[summed.indexOf(column.name)] ?? null } : column,
    ),
    moreColumns,
    ...partsOf(
      answer,
      columns.map(({ name }) => name),
      key,
      manner,
    ),
    sql,
  });
}

/** Returns the columns that identify a row, or none when their values cannot be read whole. */
function keyOf({ key, columns }: TableShape, { hiddenKey, isCut }: Manner): string[] {
  const isShown = (name: string): boolean => columns.some((column) => column.name === name);
  const isWhole = (name: string): boolean =>
    !isCut || !isShown(name) || columns.some((column) => column.name === name && isShort(column.type));
  return key.every((name) => (hiddenKey || isShown(name)) && isWhole(name)) ? key : [];
}

function rowsStatement(
  { columns, path }: TableShape,
  key: string[],
  { sort, descending, limit, offset }: TableQuery,
  { isCut }: Manner,
): string {
  if (sort !== undefined && !columns.some(({ name }) => name === sort))
    throw new AppError('bad-request', NO_SUCH_COLUMN);
  const shown = columns.map((column) => (isCut ? selectTruncated(column) : sqlName(column.name)));
  const unshownKey = key.filter((name) => !columns.some((column) => column.name === name)).map((name) => sqlName(name));
  const direction = descending ? ' DESC' : '';
  const order =
    sort === undefined
      ? key.map((name) => sqlName(name) + direction)
      : [sqlName(sort) + direction, ...key.filter((name) => name !== sort).map((name) => sqlName(name))];
  const ordered = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  // A table can have no visible columns.
  const rows = `LIMIT ${limit}${offset > 0 ? ` OFFSET ${offset}` : ''}`;
  return `SELECT ${[...shown, ...unshownKey].join(', ') || 'NULL'} FROM ${path}${ordered} ${rows}`;
}

function lessRows(
  cause: unknown,
  key: string[],
  { columns }: TableShape,
  { sort }: TableQuery,
  manner: Manner,
): unknown {
  if (!isRefused(cause)) return manner.isCut ? cause : new AskLess({ ...manner, isCut: true }, cause);
  if (cause.sqlState === CANCELED) return cause;
  if (manner.hiddenKey && key.some((name) => !columns.some((column) => column.name === name)))
    return new AskLess({ ...manner, hiddenKey: false }, cause);
  return sort === undefined ? cause : new AppError('bad-request', notSortedSentence(cause.message), { cause });
}

/** Whether the database refused the statement; otherwise the answer was too large or the connection broke. */
function isRefused(cause: unknown): cause is DatabaseError {
  return cause instanceof DatabaseError && cause.sqlState !== undefined && cause.sqlState !== TOO_LARGE;
}

/** Returns the rows as they are shown, and a key for each row. */
function partsOf(
  { rows, columns: names }: QueryResult,
  columns: string[],
  key: string[],
  { isCut }: Manner,
): Pick<TablePage, 'rows' | 'keys'> {
  const places = key.map((name) => names.indexOf(name));
  const cut = isCut ? truncateLongValue : truncateCell;
  return {
    rows: rows.map((row) => row.slice(0, columns.length).map(cut)),
    ...(key.length > 0 && { keys: rows.map((row) => rowKey(places.map((at) => row[at] ?? null))) }),
  };
}

/** Returns a short string that is the same only for the same values. */
function rowKey(values: (string | null)[]): string {
  const whole = values.length === 1 ? (values[0] ?? '') : JSON.stringify(values);
  return whole.length <= MAX_KEY_CHARACTERS ? whole : createHash('sha256').update(whole).digest('base64url');
}

function fit(page: TablePage): TablePage {
  fitRows(
    page,
    page.columns.map(({ name, type }) => name + type),
    MAX_BYTES,
  );
  if (page.keys) page.keys = page.keys.slice(0, page.rows.length);
  return page;
}
