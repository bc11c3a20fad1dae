import { closingBracket } from './brackets.ts';
import { onceForTokens } from './once-for-tokens.ts';
import { isSign, isWord, type Token } from './tokens.ts';

const QUERIES = 'select values with table insert update delete upsert show explain'.split(' ');
const AFTER_QUERY = 'union intersect except order limit offset fetch for'.split(' ');

/** Whether a query begins at each parenthesis. From right to left, so that what is inside one is known before it. */
const queries = onceForTokens((tokens): readonly boolean[] => {
  const holds = tokens.map(() => false);
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (!isSign(tokens[i], '(')) continue;
    const after = tokens[afterBracket(tokens, i + 1)];
    holds[i] = isSign(tokens[i + 1], '(')
      ? holds[i + 1]! && (isWord(after, ...AFTER_QUERY) || isSign(after, ')'))
      : isWord(tokens[i + 1], ...QUERIES);
  }
  return holds;
});

/** Whether the parenthesis at `open` holds a query, and not a join or a list. */
export function holdsQuery(tokens: readonly Token[], open: number): boolean {
  return queries(tokens)[open] ?? false;
}

/** Returns the index after the bracket that closes the one at `open`. */
export function afterBracket(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? tokens.length : close + 1;
}
