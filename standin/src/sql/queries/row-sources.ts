import type { Column } from '../../protocol/columns.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { closingBracket, topLevelWord } from '../text/brackets.ts';
import { quoteName } from '../text/quoting.ts';
import { parseStatement, substatement, type Statement } from '../text/statement.ts';
import { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { valuesOf } from './row-values.ts';
import { mentions } from '../text/mentions.ts';

const CHANGES = ['insert', 'update', 'delete', 'upsert'];
/** Statements that can be a source, though not all of them return rows. */
const SOURCES = 'show explain select values table with create drop alter grant revoke set truncate'.split(' ');
/** Statements that PostgreSQL does not take in a WITH clause. */
const IN_WITH = ['show', 'explain', 'upsert'];
/** How many sources a statement may have, and how long it may get by them: what they return becomes a part of it. */
const MOST_SOURCES = 100;
const MOST_TEXT = 1 << 20;

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
export async function expandRowSources(statement: Statement, context: Context): Promise<Statement> {
  const { tokens, source } = statement;
  if (!mentions(tokens, '[', ...IN_WITH)) return statement;
  const found = tokens.flatMap((_, i) => (beginsRowSource(tokens, i) && closingBracket(tokens, i) > i ? [i] : []));
  if (!found.length) return statement;
  if (found.length > MOST_SOURCES) throw notSupported(`more than ${MOST_SOURCES} statements as sources of one`);
  const edits = new TextEdits(source);
  const changes: string[] = [];
  let place = 0;
  let isTranslated = false;
  for (let open = found.shift(); open !== undefined; open = found.shift()) {
    const close = closingBracket(tokens, open);
    // What is nested in the source is expanded when that is translated.
    while (found[0] !== undefined && found[0] < close) found.shift();
    const name = quoteName(++place === 1 ? 'row source' : `row source ${place}`);
    const inner = substatement(statement, open + 1, close);
    const rows = await rowsOf(inner, context);
    const isChange = isWord(inner.tokens[0], ...CHANGES) && isSign(tokens[open], '[');
    isTranslated ||= !isChange;
    if (isChange) changes.push(`${name} AS (${rows})`);
    const alias = isSign(tokens[open], '(') || isNamed(tokens, close) ? '' : ` AS ${name}`;
    edits.replace(tokens[open]!.start, tokens[close]!.end, isChange ? name : `(${rows})${alias}`);
  }
  const expanded = withHead(changes, edits.apply());
  if (expanded.length > MOST_TEXT) throw notSupported('statements as sources that return so much');
  return { ...parseStatement(expanded), translated: statement.translated ?? isTranslated };
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
    return valuesOf(columns.map(asSourceColumn), rows);
  }
  if (isWord(first, 'explain')) return valuesOf(translation.columns ?? [], await context.query(translation.sql));
  const isQuery = isChange || isWord(first, 'show', 'select', 'values', 'table', 'with');
  if (!isQuery) throw noColumns(inner);
  return translation.sql;
}

/** SHOW TRANSACTION STATUS as a source shows the variable of that name. */
function asSourceColumn(column: Column): Column {
  return column.name === 'TRANSACTION STATUS' ? { ...column, name: 'transaction_status' } : column;
}

function noColumns({ source }: Statement): StatementError {
  return new StatementError(SQLSTATE.undefinedColumn, `statement source "${source}" does not return any columns`);
}

/** Puts WITH queries in front of a statement, or before its own WITH queries. */
function withHead(queries: readonly string[], statement: string): string {
  if (!queries.length) return statement;
  const [own] = /^with\s+(?:recursive\s)?/i.exec(statement) ?? [];
  return own === undefined
    ? `WITH ${queries.join(', ')} ${statement}`
    : `${own}${queries.join(', ')}, ${statement.slice(own.length)}`;
}

function isNamed(tokens: Token[], close: number): boolean {
  return isWord(tokens[close + 1], 'as', 'with') || tokens[close + 1]?.kind === 'quoted';
}

/** Whether a statement as a source begins with the bracket at that token. */
function beginsRowSource(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (isSign(tokens[at], '('))
    return isWord(before, 'as', 'materialized') && isWord(tokens[0], 'with') && isWord(tokens[at + 1], ...IN_WITH);
  return (
    isSign(tokens[at], '[') &&
    (isWord(before, 'from', 'join') || isSign(before, ',')) &&
    isWord(tokens[at + 1], ...SOURCES, ...CHANGES) &&
    (isWord(before, 'from', 'join') || !isSign(tokens[at + 2], ','))
  );
}
