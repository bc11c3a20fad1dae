import type { ErrorFields } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { parseStatement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { pathAt } from '../rewriting/object-names.ts';

/** A table in FROM: its path, and the name that columns are qualified with. */
interface Source {
  path: string[];
  name: string;
}

/** Words that may follow a table in FROM, and so are no alias. */
const NO_ALIAS =
  `where join inner left right full cross natural on using group order having limit offset union window for as
  set`.split(/\s+/);

/**
 * Adds to the error about an ambiguous column the columns that it may be.
 *
 *     column reference "id" is ambiguous
 *     column reference "id" is ambiguous (candidates: a.id, b.id)
 */
export async function withCandidates(
  error: ErrorFields,
  source: string,
  query: (sql: string) => Promise<(string | null)[][]>,
): Promise<ErrorFields> {
  const [, column] = /^column reference "(.*)" is ambiguous$/.exec(error.message) ?? [];
  if (column === undefined) return error;
  const names: string[] = [];
  const { tokens } = parseStatement(source);
  const isConflict = isWord(tokens[0], 'insert') && tokens.some((token) => isWord(token, 'conflict'));
  if (isConflict) names.push(`excluded.${column}`);
  for (const { path, name } of isConflict ? targetOf(tokens) : sourcesOf(tokens)) {
    const found = await query(`
      SELECT 1
      FROM pg_catalog.pg_attribute
      WHERE attrelid = crdb_standin.to_regclass(${quoteText(path.map(quoteName).join('.'))})
        AND attname = ${quoteText(column)}`);
    if (found.length > 0) names.push(`${name}.${column}`);
  }
  return names.length < 2 ? error : { ...error, message: `${error.message} (candidates: ${names.join(', ')})` };
}

/** Returns the table that an INSERT writes. */
function targetOf(tokens: Token[]): Source[] {
  const into = tokens.findIndex((token) => isWord(token, 'into'));
  const path = pathAt(tokens, into + 1);
  const last = into + 2 * path.length;
  const isNamed = isWord(tokens[last], 'as') && isName(tokens[last + 1]);
  return path.length === 0 ? [] : [{ path, name: isNamed ? tokens[last + 1]!.value : path.at(-1)! }];
}

/** Returns the tables after FROM and JOIN, wherever they are in a statement. */
function sourcesOf(tokens: Token[]): Source[] {
  const sources: Source[] = [];
  let isList = false;
  for (let at = 0; at < tokens.length; at++) {
    if (isWord(tokens[at], 'where', 'group', 'order', 'having', 'limit', 'on', 'select')) isList = false;
    if (isWord(tokens[at], 'from')) isList = true;
    if (!isWord(tokens[at], 'from', 'join') && !(isList && isSign(tokens[at], ','))) continue;
    const path: string[] = [];
    while (isName(tokens[at + 1])) {
      path.push(tokens[++at]!.value);
      if (!isSign(tokens[at + 1], '.')) break;
      at++;
    }
    if (path.length === 0) continue;
    if (isWord(tokens[at + 1], 'as')) at++;
    const alias = tokens[at + 1];
    const isAlias = isName(alias) && !isWord(alias, ...NO_ALIAS);
    sources.push({ path, name: isAlias ? alias.value : path.at(-1)! });
  }
  return sources;
}
