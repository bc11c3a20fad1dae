import { notHere } from '../protocol/problem.ts';
import type { Context } from './plan.ts';
import { isSign, isWord, parseStatement, quoteName, quoteText, type Statement } from './statement.ts';
import { slice } from './table-parts.ts';

/**
 * `FROM [SHOW …]` and `FROM [INSERT … RETURNING …]`: a statement as a table
 * (cockroachlabs.com/docs/stable/table-expressions#use-the-output-of-another-statement).
 */
export async function expandRowSources(statement: Statement, context: Context): Promise<Statement> {
  const { tokens, source } = statement;
  const open = tokens.findIndex(
    (token, i) =>
      isSign(token, '[') &&
      (isWord(tokens[i - 1], 'from', 'join') || isSign(tokens[i - 1], ',')) &&
      isWord(tokens[i + 1], 'show', 'insert', 'update', 'delete', 'upsert', 'explain'),
  );
  if (open < 0) return statement;
  let depth = 0;
  const close = tokens.findIndex((token, i) => {
    if (i < open) return false;
    if (isSign(token, '[')) depth++;
    return isSign(token, ']') && --depth === 0;
  });
  if (close < 0) return statement;
  const inner = slice(source, tokens, open + 1, close);
  const plan = await context.session.plan(inner);
  if (plan.kind === 'act' && !plan.columns) throw notHere('a row source of this statement');
  const head = source.slice(0, tokens[open]!.start);
  const tail = source.slice(tokens[close]!.end);
  const alias = isWord(tokens[close + 1], 'as') || tokens[close + 1]?.kind === 'quoted' ? '' : ' AS "row source"';
  if (plan.kind === 'act') {
    const { rows = [], columns = [] } = await plan.act();
    const values = rows
      .map((row) => `(${row.map((value) => (value === null ? 'NULL' : quoteText(value))).join(', ')})`)
      .join(', ');
    return parseStatement(
      `${head}(VALUES ${values})${alias || ' AS "row source"'} (${columns.map(({ name }) => quoteName(name)).join(', ')})${tail}`,
    );
  }
  if (!isWord(inner.tokens[0], 'show', 'explain'))
    return parseStatement(`WITH "row source" AS (${plan.sql}) ${head}"row source"${tail}`);
  return await expandRowSources(
    { ...parseStatement(`${head}(${plan.sql})${alias}${tail}`), translated: true },
    context,
  );
}
