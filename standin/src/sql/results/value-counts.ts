import type { ErrorFields } from '../../protocol/statement-error.ts';
import { bracketDepths, listItems } from '../text/brackets.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { parseStatement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

const UNEVEN = 'VALUES lists must all be the same length';
const OPERANDS = /^each (UNION|INTERSECT|EXCEPT) query must have the same number of columns$/;
const SCALAR = 'subquery must return only one column';
/** Words before a subquery that may have several columns. */
const BEFORE_ROWS = 'from in any some all exists join lateral as array union intersect except values with'.split(' ');
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
  const [, operation] = OPERANDS.exec(error.message) ?? [];
  if (operation !== undefined) return withOperands(error, parseStatement(source).tokens, operation.toLowerCase());
  if (error.message === SCALAR) return withColumns(error, parseStatement(source).tokens);
  if (!DIFFERS.test(error.message)) return error;
  const { tokens } = parseStatement(source);
  const values = tokens.findIndex((token) => isWord(token, 'values'));
  const select = tokens.findIndex((token) => isWord(token, 'select'));
  const rows = values < 0 ? select : values;
  const expressions = columnsOf(tokens, rows);
  const targets = await targetsOf(tokens.slice(0, Math.max(rows, 0)), query);
  if (!expressions || !targets) return error;
  const verb = tokens[0]!.value.toUpperCase();
  const message = error.message.replace('INSERT', verb);
  return { ...error, message: `${message}, ${expressions} expressions for ${targets} targets` };
}

/** Adds how many columns the operands of the first set operation have. */
function withOperands(error: ErrorFields, tokens: Token[], operation: string): ErrorFields {
  const at = tokens.findIndex((token) => isWord(token, operation));
  const left = columnsOf(
    tokens,
    tokens.findLastIndex((token, i) => i < at && isWord(token, 'select', 'values')),
  );
  const right = columnsOf(
    tokens,
    tokens.findIndex((token, i) => i > at && isWord(token, 'select', 'values')),
  );
  return left && right && left !== right ? { ...error, message: `${error.message}: ${left} vs ${right}` } : error;
}

/** Adds how many columns the first subquery has that is used as a value. */
function withColumns(error: ErrorFields, tokens: Token[]): ErrorFields {
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, 'select', 'values') || !isSign(tokens[i - 1], '(')) continue;
    const count = isWord(tokens[i - 2], ...BEFORE_ROWS) ? undefined : columnsOf(tokens, i);
    if (count !== undefined && count > 1) return { ...error, message: `${error.message}, found ${count}` };
  }
  return error;
}

/** Returns how many columns the SELECT or VALUES at a token has; undefined for one with a star. */
function columnsOf(tokens: Token[], at: number): number | undefined {
  if (at < 0) return undefined;
  if (isWord(tokens[at], 'values')) return listItems(tokens, at + 1).items.length;
  const depths = bracketDepths(tokens);
  let count = 1;
  for (let i = at + 1; i < tokens.length && depths[i]! >= depths[at]!; i++) {
    if (depths[i] !== depths[at]) continue;
    if (isWord(tokens[i], 'from', 'where', 'union', 'intersect', 'except', 'order', 'limit', 'group')) return count;
    const isStar = isSign(tokens[i], '*') && (isSign(tokens[i - 1], ',') || isSign(tokens[i - 1], '.') || i === at + 1);
    if (isStar) return undefined;
    if (isSign(tokens[i], ',')) count++;
  }
  return count;
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
