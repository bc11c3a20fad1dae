import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { hideColumns, shapesOf } from '../hidden-columns/hide-columns.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { topLevelWord } from '../text/brackets.ts';
import { quoteName, quoteNames, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { parseStatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { noSuchRelation } from '../translation/relation.ts';
import type { TableShapes } from '../translation/table-shape.ts';
import { forward, type Forward } from '../translation/translation.ts';
import { overwrittenRows, readValuesRows } from './values-rows.ts';

/** What an UPSERT contains, and the key of its table. */
interface Upsert {
  /** Index of the token UPSERT. */
  at: number;
  /** Index of the first token after the table and its columns. */
  rowsAt: number;
  /** The columns that are written, in the order of the values. */
  columns: string[];
  /** The columns of the primary key; empty for a table without one. */
  key: string[];
  /** Whether CockroachDB writes the rows without reading those that they replace, so that rows may repeat a key. */
  isBlind: boolean;
}

/**
 * `UPSERT INTO …` (cockroachlabs.com/docs/stable/upsert); undefined for a statement without one. It becomes
 * PostgreSQL's INSERT, with the primary key as the conflict. Throws StatementError when there is no such table, or when
 * a column of its key gets no value.
 *
 *     UPSERT INTO t (id, a) VALUES (1, 2)
 *     INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT ("id") DO UPDATE SET "a" = EXCLUDED."a"
 */
export async function translateUpsert(statement: Statement, context: Context): Promise<Forward | undefined> {
  const at = topLevelWord(statement.tokens, ['upsert']);
  if (at < 0) return undefined;
  const upsert = await readUpsert(statement, at, context);
  return withConflictClause(statement, upsert, await shapesOf(statement, context), context);
}

async function readUpsert(statement: Statement, at: number, context: Context): Promise<Upsert> {
  const reader = new StatementReader(statement);
  reader.at = at;
  reader.expect('upsert', 'into');
  const nameAt = reader.at;
  const path = reader.path();
  const name = parseStatement(reader.sourceFrom(nameAt));
  const hasColumns = isSign(reader.token, '(') && !isWord(reader.peek(1), 'select', 'values', 'with');
  const listed = hasColumns ? readColumns(reader) : undefined;
  const table = await describeTable(relationName(name, context), context);
  if (!table) throw noSuchRelation(path);
  const missing = table.key.find((column) => listed && !listed.includes(column) && !table.withDefault.includes(column));
  if (missing !== undefined)
    throw new StatementError(SQLSTATE.invalidForeignKey, `missing "${missing}" primary key column`);
  const columns = listed ?? table.writable;
  const isBlind = !table.hasIndexes && table.writable.every((column) => columns.includes(column));
  // Without a value for a hidden key, every row is new.
  const key = table.hasHiddenKey && !table.key.every((column) => columns.includes(column)) ? [] : table.key;
  return { at, rowsAt: reader.at, columns, key, isBlind };
}

function readColumns(reader: StatementReader): string[] {
  reader.expect('(');
  const columns = reader.names();
  reader.expect(')');
  return columns;
}

/**
 * Returns a table's name as PostgreSQL resolves it. Table names are recognised only after FROM, so it is put in front.
 */
function relationName(name: Statement, context: Context): string {
  const tokens = [{ kind: 'word' as const, value: 'from', start: 0, end: 0 }, ...name.tokens];
  return rewriteForPostgres({ ...name, tokens }, context)
    .apply()
    .replace(/@.*$/s, '');
}

/** What UPSERT needs to know about a table. */
interface UpsertTable {
  key: string[];
  writable: string[];
  withDefault: string[];
  hasIndexes: boolean;
  hasHiddenKey: boolean;
}

/** Returns what UPSERT needs to know about the columns of a table; undefined when there is no such table. */
async function describeTable(name: string, context: Context): Promise<UpsertTable | undefined> {
  const [found] = await context.query(
    `SELECT
      pg_catalog.array_to_json(crdb.key_columns(r)),
      (
        SELECT pg_catalog.array_to_json(pg_catalog.array_agg(attname::text ORDER BY attnum))
        FROM pg_catalog.pg_attribute
        WHERE attrelid = r
          AND attnum > 0
          AND NOT attisdropped
          AND attgenerated = ''
          AND NOT crdb.is_hidden(r, attnum)
      ),
      (
        SELECT pg_catalog.array_to_json(pg_catalog.array_agg(attname::text))
        FROM pg_catalog.pg_attribute
        WHERE attrelid = r AND attnum > 0 AND (atthasdef OR attidentity <> '')
      ),
      EXISTS (SELECT 1 FROM pg_catalog.pg_index WHERE indrelid = r AND NOT indisprimary),
      EXISTS (
        SELECT 1
        FROM pg_catalog.pg_index
        WHERE indrelid = r AND indisprimary AND crdb.is_hidden_index(indexrelid)
      )
    FROM crdb_standin.to_regclass(${quoteText(name)}) AS r
    WHERE r IS NOT NULL`,
  );
  if (!found) return undefined;
  const [key, writable, withDefault] = found.slice(0, 3).map((cell) => JSON.parse(cell ?? '[]') as string[]);
  return {
    key: key!,
    writable: writable!,
    withDefault: withDefault!,
    hasIndexes: found[3] === 't',
    hasHiddenKey: found[4] === 't',
  };
}

/** Turns the statement into an INSERT. Of several rows with the same key it keeps only the last. */
function withConflictClause(statement: Statement, upsert: Upsert, shapes: TableShapes, context: Context): Forward {
  const { tokens } = statement;
  const edits = rewriteForPostgres(statement, context);
  hideColumns(statement, shapes, edits);
  const verb = tokens[upsert.at]!;
  edits.replace(verb.start, verb.end, 'INSERT');
  const returning = topLevelWord(tokens, ['returning'], upsert.at);
  const rows = readValuesRows(statement, upsert.rowsAt) ?? [];
  const overwritten = returning < 0 && upsert.isBlind ? overwrittenRows(rows, upsert.columns, upsert.key) : [];
  const nextOf = new Map(rows.map((row, i) => [row, rows[i + 1]]));
  for (const row of overwritten) edits.remove(row.start, nextOf.get(row)!.start);
  const end = returning < 0 ? statement.source.length : tokens[returning]!.start;
  edits.insert(end, conflictClause(upsert));
  return forward(edits, overwritten.length > 0 ? { tag: `INSERT 0 ${rows.length}` } : {});
}

/** Returns the ON CONFLICT clause; empty for a table without a primary key, where every row is new. */
function conflictClause({ key, columns }: Upsert): string {
  if (key.length === 0) return '';
  const set = columns
    .filter((column) => !key.includes(column))
    .map((column) => `${quoteName(column)} = EXCLUDED.${quoteName(column)}`);
  const action = set.length > 0 ? `UPDATE SET ${set.join(', ')}` : 'NOTHING';
  return ` ON CONFLICT (${quoteNames(key)}) DO ${action} `;
}
