import { notSupported } from '../../protocol/statement-error.ts';
import { closingBracket } from '../text/brackets.ts';
import { quoteName, quoteNames, quoteText } from '../text/quoting.ts';
import { parseStatement, substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import type { Local } from '../translation/translation.ts';

const NAME = quoteName('row source');

/**
 * Replaces a statement in brackets by what it returns
 * (cockroachlabs.com/docs/stable/table-expressions#use-the-output-of-another-statement). Statements that the stand-in
 * carries out itself are executed here, and their rows inserted as VALUES. Throws StatementError.
 *
 *     SELECT * FROM [INSERT INTO t VALUES (1) RETURNING id]
 *     WITH "row source" AS (INSERT INTO t VALUES (1) RETURNING id) SELECT * FROM "row source"
 *
 *     SELECT * FROM [SHOW TABLES]
 *     SELECT * FROM (SELECT n.nspname AS schema_name, …) AS "row source"
 *
 *     SELECT * FROM [SHOW REGIONS]
 *     SELECT * FROM (VALUES (NULL, '{}', …)) AS "row source" ("region", "zones", …)
 */
export async function expandRowSources(statement: Statement, context: Context): Promise<Statement> {
  const { tokens, source } = statement;
  const open = rowSource(statement);
  const close = open < 0 ? -1 : closingBracket(tokens, open);
  if (close < 0) return statement;
  const inner = substatement(statement, open + 1, close);
  const translation = await context.session.translate(inner);
  const head = source.slice(0, tokens[open]!.start);
  const tail = source.slice(tokens[close]!.end);
  if (translation.kind === 'local') return parseStatement(`${head}${await valuesOf(translation)}${tail}`);
  if (!isWord(inner.tokens[0], 'show', 'explain'))
    return parseStatement(`WITH ${NAME} AS (${translation.sql}) ${head}${NAME}${tail}`);
  const isNamed = isWord(tokens[close + 1], 'as') || tokens[close + 1]?.kind === 'quoted';
  const table = `(${translation.sql})${isNamed ? '' : ` AS ${NAME}`}`;
  return await expandRowSources({ ...parseStatement(`${head}${table}${tail}`), translated: true }, context);
}

/** Returns the stand-in's own answer as a table. */
async function valuesOf(local: Local): Promise<string> {
  if (!local.columns) throw notSupported('a row source of this statement');
  const { rows = [], columns = [] } = await local.execute();
  const values = rows.map((row) => `(${row.map((value) => (value === null ? 'NULL' : quoteText(value))).join(', ')})`);
  return `(VALUES ${values.join(', ')}) AS ${NAME} (${quoteNames(columns.map(({ name }) => name))})`;
}

/** Returns the index of the bracket that opens the first row source; -1 when there is none. */
function rowSource({ tokens }: Statement): number {
  return tokens.findIndex((token, i) => {
    const before = tokens[i - 1];
    return (
      isSign(token, '[') &&
      (isWord(before, 'from', 'join') || isSign(before, ',')) &&
      isWord(tokens[i + 1], 'show', 'insert', 'update', 'delete', 'upsert', 'explain')
    );
  });
}
