import { unimplemented } from '../../protocol/statement-error.ts';
import { beginsAlias } from '../rewriting/catalogs.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { closingBracket } from '../text/brackets.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { parseStatement, type Statement } from '../text/statement.ts';
import { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { noSuchRelation } from '../translation/relation.ts';
import type { Translation } from '../translation/translation.ts';
import { pathAt, type ObjectName } from '../rewriting/object-names.ts';

/** How many tables of other databases a statement may read, and how much of each. */
export const MOST_TABLES = 16;
const MOST_ROWS = 10_000;
const MOST_BYTES = 4 << 20;

/** A table of another database, which a statement reads. */
export interface ForeignTable {
  name: ObjectName;
  database: string;
}

/** The columns and rows of a table, as JSON. */
interface TableRows {
  columns: [name: string, type: string][];
  rows: string;
}

/** What stands for the foreign table with this number until the statement is translated. No client can know `nonce`. */
const markOf = (nonce: string, i: number): string => quoteName(`foreign ${nonce} ${i}`);
const settingOf = (i: number): string => `crdb.foreign_${i}`;

/**
 * Puts a mark in the place of each foreign table, and its alias in the place of its name before columns. Throws
 * StatementError for a statement about the past.
 *
 *     SELECT * FROM loc JOIN other.t USING (a) WHERE other.t.b > 1
 *     SELECT * FROM loc JOIN "foreign … 0" AS "t" USING (a) WHERE "t".b > 1
 */
export function markForeign(statement: Statement, foreign: ForeignTable[], nonce: string): Statement {
  const { tokens } = statement;
  const edits = new TextEdits(statement.source);
  for (const [i, { name }] of foreign.entries()) {
    const last = name.at + 2 * (name.path.length - 1);
    const after = afterHint(tokens, last + 1);
    const isNamed = beginsAlias(tokens[after]) && !isWord(tokens[after + 1], 'of');
    const alias = isNamed ? '' : ` AS ${quoteName(name.path.at(-1)!)}`;
    edits.replace(tokens[name.at]!.start, tokens[after - 1]!.end, `${markOf(nonce, i)}${alias}`);
  }
  const marked = new Set(foreign.map(({ name }) => name.at));
  const tables = new Map(foreign.flatMap((table) => prefixesOf(table).map((prefix) => [prefix, table])));
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'as') && isWord(tokens[i + 1], 'of') && isWord(tokens[i + 2], 'system'))
      throw unimplemented('the stand-in for CockroachDB cannot read the past of another database');
    if (!isName(token) || !isSign(tokens[i + 1], '.') || isSign(tokens[i - 1], '.') || marked.has(i)) continue;
    const path = pathAt(tokens, i);
    const table = tables.get(path.slice(0, -1).join('.'));
    if (table) edits.replace(token.start, tokens[i + 2 * (path.length - 2)]!.end, quoteName(table.name.path.at(-1)!));
  }
  return { ...parseStatement(edits.apply()), written: statement.written ?? statement.source };
}

/** Whether a statement has such marks. */
export function isMarked({ tokens }: Statement): boolean {
  return tokens.some(({ kind, value }) => kind === 'quoted' && value.startsWith('foreign '));
}

/** Returns what may stand before a column of a foreign table: its database, perhaps its schema, and its name. */
function prefixesOf({ name, database }: ForeignTable): string[] {
  const table = name.path.at(-1)!;
  const schema = name.path.length > 2 ? name.path[1]! : 'public';
  return [`${database}.${table}`, `${database}.${schema}.${table}`];
}

/** Returns the index after the index hint that begins there, if any. */
function afterHint(tokens: Token[], at: number): number {
  if (!isSign(tokens[at], '@')) return at;
  if (!isSign(tokens[at + 1], '{')) return at + 2;
  const close = closingBracket(tokens, at + 1);
  return close < 0 ? tokens.length - 1 : close + 1;
}

/**
 * Reads a foreign table, in its database's `context`, and hands its rows to the database in which the statement is
 * carried out, `home`. Returns what replaces its mark. Throws StatementError when there is no such table, when it is
 * too large, or when it has columns of a type that only its database has.
 */
export async function fetchForeign(
  { name, database }: ForeignTable,
  i: number,
  context: Context,
  home: Context,
): Promise<string> {
  const { columns, rows } = await readTable(name.path, context);
  const written = name.path.join('.');
  if (columns.some(([, type]) => type === ''))
    throw unimplemented(`the stand-in for CockroachDB cannot use types of database ${database} in another`);
  if (rows.length > MOST_BYTES || (JSON.parse(rows) as unknown[]).length > MOST_ROWS)
    throw unimplemented(
      `the stand-in for CockroachDB joins at most ${MOST_ROWS} rows and ${MOST_BYTES >> 20} MiB of another database: ` +
        `relation "${written}" has more`,
    );
  await home.execute(`SET ${settingOf(i)} = ${quoteText(rows)}`);
  const list = columns.map(([column, type], place) => `e.cells[${place + 1}]::${type} AS ${quoteName(column)}`);
  return `(SELECT ${list.join(', ')} FROM crdb.foreign_rows('${settingOf(i)}') AS e)`;
}

async function readTable(path: string[], context: Context): Promise<TableRows> {
  const from = parseStatement(`from ${path.map(quoteName).join('.')}`);
  const relation = rewriteForPostgres(from, context)
    .apply()
    .slice('from '.length)
    .replace(/ AS .*$/, '');
  const [found] = await context.query(
    `SELECT columns, rows
    FROM crdb_standin.to_regclass(${quoteText(relation)}) AS rel, crdb.table_rows(rel, ${MOST_ROWS + 1})
    WHERE rel IS NOT NULL`,
  );
  if (!found) throw noSuchRelation(path);
  return { columns: JSON.parse(found[0] ?? '[]') as TableRows['columns'], rows: found[1] ?? '[]' };
}

/** Puts the foreign tables, as `fetchForeign` returned them, in the place of their marks in PostgreSQL's statement. */
export function replaceMarks(translation: Translation, tables: string[], nonce: string): Translation {
  if (translation.kind === 'local') throw unimplemented('the stand-in for CockroachDB cannot use two databases here');
  const marks = new RegExp(`"foreign ${nonce} (\\d+)"`, 'g');
  const sql = translation.sql.replace(marks, (mark, i: string) => tables[Number(i)] ?? mark);
  return { ...translation, sql, original: undefined };
}
