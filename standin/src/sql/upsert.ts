import type { Context, RunPlan } from './plan.ts';
import { rewriteCommon } from './query.ts';
import { isSign, isWord, parseStatement, quoteName, quoteText, type Statement } from './statement.ts';
import { readValuesRows, type ValuesRow } from './values-rows.ts';
import { Words } from './words.ts';
import { SqlError } from '../protocol/problem.ts';

/** `UPSERT INTO …` as INSERT … ON CONFLICT on the primary key (cockroachlabs.com/docs/stable/upsert). */
export async function planUpsert(statement: Statement, context: Context): Promise<RunPlan | undefined> {
  const at = topLevel(statement, 'upsert', 0);
  if (at < 0) return undefined;
  const words = new Words(statement);
  words.at = at;
  words.need('upsert', 'into');
  const nameFrom = words.at;
  const path = words.path();
  const table = path.at(-1)!;
  const name = parseStatement(words.from(nameFrom));
  const listed =
    isSign(words.token, '(') && !isWord(words.peek(1), 'select', 'values', 'with') ? readColumns(words) : undefined;
  const relation = rewriteCommon(
    { ...name, tokens: [{ kind: 'word', value: 'from', start: 0, end: 0 }, ...name.tokens] },
    context,
  ).apply();
  const [found] =
    await context.ask(`SELECT k, (SELECT pg_catalog.array_to_json(pg_catalog.array_agg(attname::text ORDER BY attnum)) FROM pg_catalog.pg_attribute
    WHERE attrelid = r AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),
    (SELECT pg_catalog.array_to_json(pg_catalog.array_agg(attname::text)) FROM pg_catalog.pg_attribute WHERE attrelid = r AND attnum > 0 AND (atthasdef OR attidentity <> ''))
    FROM (SELECT r, pg_catalog.array_to_json(crdb.key_columns(r)) FROM pg_catalog.to_regclass(${quoteText(relation.replace(/@.*$/s, ''))}) AS r) AS x (r, k) WHERE r IS NOT NULL`);
  if (!found) throw new SqlError('42P01', `relation "${path.join('.')}" does not exist`);
  const [key, all, defaults] = found.map((cell) => JSON.parse(cell ?? '[]') as string[]);
  const columns = listed ?? all!;
  const missing = key!.find((column) => listed && !listed.includes(column) && !defaults!.includes(column));
  if (missing) throw new SqlError('42830', `missing "${missing}" primary key column`);
  return build(statement, context, { at, key: key!, columns, table, rows: readValuesRows(statement, words.at) ?? [] });
}

function build(
  statement: Statement,
  context: Context,
  found: { at: number; key: string[]; columns: string[]; table: string; rows: ValuesRow[] },
): RunPlan {
  const common = rewriteCommon(statement, context);
  const token = statement.tokens[found.at]!;
  common.replace(token.start, token.end, 'INSERT');
  const returning = topLevel(statement, 'returning', found.at);
  const set = found.columns
    .filter((column) => !found.key.includes(column))
    .map((column) => `${quoteName(column)} = EXCLUDED.${quoteName(column)}`);
  const target = found.key.map(quoteName).join(', ');
  const clause = found.key.length
    ? ` ON CONFLICT (${target}) DO ${set.length ? `UPDATE SET ${set.join(', ')}` : 'NOTHING'} `
    : '';
  const overwritten = returning < 0 ? overwrittenRows(found) : [];
  for (const row of overwritten) common.remove(row.start, found.rows[found.rows.indexOf(row) + 1]!.start);
  common.insert(returning < 0 ? statement.source.length : statement.tokens[returning]!.start, clause);
  const tag = overwritten.length > 0 ? { tag: `INSERT 0 ${found.rows.length}` } : {};
  return { kind: 'run', sql: common.apply(), original: (position) => common.original(position), ...tag };
}

/** A constant, or a placeholder: the same words are the same value. */
const CONSTANT = /^(?:-?\d+(?:\.\d+)?|'(?:[^'\\]|'')*'|\$\d+|true|false)$/i;

/**
 * Rows of a VALUES list whose key, all constants, a later row has too in the same words: CockroachDB writes one after
 * the other, so that the last one stays; PostgreSQL refuses to touch a row twice. All but the last row may be among
 * them.
 */
function overwrittenRows({ key, columns, rows }: { key: string[]; columns: string[]; rows: ValuesRow[] }): ValuesRow[] {
  const positions = key.map((column) => columns.indexOf(column));
  if (positions.length === 0 || positions.includes(-1)) return [];
  const keyOf = (row: ValuesRow): string => JSON.stringify(positions.map((position) => row.cells[position]));
  if (!rows.every((row) => positions.every((position) => CONSTANT.test(row.cells[position] ?? '')))) return [];
  const last = new Map(rows.map((row) => [keyOf(row), row]));
  return rows.filter((row) => last.get(keyOf(row)) !== row);
}

/** Index of a word outside parentheses, or -1. */
function topLevel(statement: Statement, word: string, from: number): number {
  let depth = 0;
  return statement.tokens.findIndex((token, i) => {
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    return i >= from && depth === 0 && isWord(token, word);
  });
}

function readColumns(words: Words): string[] {
  words.need('(');
  const columns = [words.name()];
  while (words.skip(',')) columns.push(words.name());
  words.need(')');
  return columns;
}
