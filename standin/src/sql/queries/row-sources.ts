import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { closingBracket, topLevelWord } from '../text/brackets.ts';
import { quoteName } from '../text/quoting.ts';
import { parseStatement, substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { valuesOf } from './row-values.ts';
import { mentions } from '../text/mentions.ts';

const CHANGES = ['insert', 'update', 'delete', 'upsert'];
/** Statements that can be a source, though not all of them return rows. */
const SOURCES = 'show explain select values table with create drop alter grant revoke set truncate'.split(' ');
/** Statements that PostgreSQL does not take in a WITH clause. */
const IN_WITH = ['show', 'explain', 'upsert'];

/**
 * Replaces a statement in brackets or in a WITH clause by what it returns
 * (cockroachlabs.com/docs/stable/table-expressions#use-the-output-of-another-statement). Statements that the stand-in
 * carries out itself are executed here, and their rows inserted as VALUES. Throws StatementError (undefinedColumn) for
 * a statement without rows.
 *
 *     SELECT * FROM [INSERT INTO t VALUES (1) RETURNING id]
 *     WITH "row source" AS (INSERT INTO t VALUES (1) RETURNING id) SELECT * FROM "row source"
 *
 *     SELECT * FROM [SHOW TABLES]
 *     SELECT * FROM (SELECT n.nspname AS schema_name, …) AS "row source"
 *
 *     WITH x AS (SHOW REGIONS) SELECT * FROM x
 *     WITH x AS (SELECT * FROM (VALUES (NULL, '{}', …)) AS "values" ("region", "zones", …)) SELECT * FROM x
 */
export async function expandRowSources(statement: Statement, context: Context, place = 1): Promise<Statement> {
  const { tokens, source } = statement;
  if (!mentions(tokens, '[', ...IN_WITH)) return statement;
  const open = rowSource(statement);
  const close = open < 0 ? -1 : closingBracket(tokens, open);
  if (close < 0) return statement;
  const inner = substatement(statement, open + 1, close);
  const rows = await rowsOf(inner, context);
  const head = source.slice(0, tokens[open]!.start);
  const tail = source.slice(tokens[close]!.end);
  const name = quoteName(place === 1 ? 'row source' : `row source ${place}`);
  const isChange = isWord(inner.tokens[0], ...CHANGES);
  const expanded = isSign(tokens[open], '(')
    ? `${head}(${rows})${tail}`
    : isChange
      ? `${withHead(`${name} AS (${rows})`, head)}${name}${tail}`
      : `${head}(${rows})${isNamed(tokens, close) ? '' : ` AS ${name}`}${tail}`;
  const translated = statement.translated ?? !isChange;
  return await expandRowSources({ ...parseStatement(expanded), translated }, context, place + 1);
}

/** Returns a query of PostgreSQL for the rows of a statement. */
async function rowsOf(inner: Statement, context: Context): Promise<string> {
  const [first] = inner.tokens;
  const isChange = isWord(first, ...CHANGES);
  if (isChange && topLevelWord(inner.tokens, ['returning']) < 0) throw noColumns(inner);
  const translation = await context.session.translate(inner, context);
  if (translation.kind === 'local') {
    if (!translation.columns) throw noColumns(inner);
    const { rows = [], columns = [] } = await translation.execute();
    return valuesOf(columns, rows);
  }
  if (isWord(first, 'explain')) return valuesOf(translation.columns ?? [], await context.query(translation.sql));
  const isQuery = isChange || isWord(first, 'show', 'select', 'values', 'table', 'with');
  if (!isQuery) throw noColumns(inner);
  return translation.sql;
}

function noColumns({ source }: Statement): StatementError {
  return new StatementError(SQLSTATE.undefinedColumn, `statement source "${source}" does not return any columns`);
}

/** Puts a WITH query in front of a statement, or before its own WITH queries. */
function withHead(query: string, head: string): string {
  const [own] = /^with\s+(?:recursive\s)?/i.exec(head) ?? [];
  return own === undefined ? `WITH ${query} ${head}` : `${own}${query}, ${head.slice(own.length)}`;
}

function isNamed(tokens: Token[], close: number): boolean {
  return isWord(tokens[close + 1], 'as', 'with') || tokens[close + 1]?.kind === 'quoted';
}

/** Returns the index of the bracket that opens the first row source; -1 when there is none. */
function rowSource({ tokens }: Statement): number {
  return tokens.findIndex((token, i) => {
    const before = tokens[i - 1];
    if (isSign(token, '('))
      return isWord(before, 'as', 'materialized') && isWord(tokens[0], 'with') && isWord(tokens[i + 1], ...IN_WITH);
    return (
      isSign(token, '[') &&
      (isWord(before, 'from', 'join') || isSign(before, ',')) &&
      isWord(tokens[i + 1], ...SOURCES, ...CHANGES) &&
      (isWord(before, 'from', 'join') || !isSign(tokens[i + 2], ','))
    );
  });
}
