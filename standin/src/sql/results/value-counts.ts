import type { ErrorFields } from '../../protocol/statement-error.ts';
import { listItems } from '../text/brackets.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { parseStatement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

const UNEVEN = 'VALUES lists must all be the same length';
const DIFFERS = /^INSERT has more (?:expressions than target columns|target columns than expressions)$/;

/**
 * Adds to the error about an INSERT with too many or too few values, or about rows of different lengths, how many there
 * are.
 *
 *     INSERT has more expressions than target columns
 *     INSERT has more expressions than target columns, 4 expressions for 3 targets
 */
export async function withCounts(
  error: ErrorFields,
  source: string,
  query: (sql: string) => Promise<(string | null)[][]>,
): Promise<ErrorFields> {
  if (error.message === UNEVEN) return withLengths(error, parseStatement(source).tokens);
  if (!DIFFERS.test(error.message)) return error;
  const { tokens } = parseStatement(source);
  const values = tokens.findIndex((token) => isWord(token, 'values'));
  const expressions = listItems(tokens, values + 1).items.length;
  const targets = await targetsOf(tokens.slice(0, values), query);
  if (values < 0 || !expressions || !targets) return error;
  const verb = tokens[0]!.value.toUpperCase();
  const message = error.message.replace('INSERT', verb);
  return { ...error, message: `${message}, ${expressions} expressions for ${targets} targets` };
}

/** Adds the length of the first row, and that of the first that has another. */
function withLengths(error: ErrorFields, tokens: Token[]): ErrorFields {
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, 'values')) continue;
    const lengths: number[] = [];
    for (let at = i + 1; isSign(tokens[at], '('); at++) {
      const { items, after } = listItems(tokens, at);
      lengths.push(items.length);
      at = after;
      if (!isSign(tokens[at], ',')) break;
    }
    const other = lengths.find((length) => length !== lengths[0]);
    if (other !== undefined) return { ...error, message: `${UNEVEN}, expected ${lengths[0]} columns, found ${other}` };
  }
  return error;
}

/** Returns how many columns an INSERT fills: those that it lists, or all of the table. */
async function targetsOf(
  tokens: Token[],
  query: (sql: string) => Promise<(string | null)[][]>,
): Promise<number | undefined> {
  const into = tokens.findIndex((token) => isWord(token, 'into'));
  const open = tokens.findIndex((token) => isSign(token, '('));
  if (into < 0) return undefined;
  if (open > into) return listItems(tokens, open).items.length;
  const path: string[] = [];
  for (let at = into + 1; isName(tokens[at]); at += 2) {
    path.push(tokens[at]!.value);
    if (!isSign(tokens[at + 1], '.')) break;
  }
  const [[count] = []] = await query(`
    SELECT count(*)
    FROM pg_catalog.pg_attribute
    WHERE attrelid = crdb_standin.to_regclass(${quoteText(path.map(quoteName).join('.'))})
      AND attnum > 0
      AND NOT attisdropped
      AND NOT crdb.is_hidden(attrelid, attnum)`);
  return Number(count) || undefined;
}
