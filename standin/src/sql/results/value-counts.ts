import type { ErrorFields } from '../../protocol/statement-error.ts';
import { listItems } from '../text/brackets.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { parseStatement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

const DIFFERS = /^INSERT has more (?:expressions than target columns|target columns than expressions)$/;

/**
 * Adds to the error about an INSERT with too many or too few values how many there are.
 *
 *     INSERT has more expressions than target columns
 *     INSERT has more expressions than target columns, 4 expressions for 3 targets
 */
export async function withCounts(
  error: ErrorFields,
  source: string,
  query: (sql: string) => Promise<(string | null)[][]>,
): Promise<ErrorFields> {
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
      AND NOT attisdropped`);
  return Number(count) || undefined;
}
