import { closesBracket, opensBracket } from './brackets.ts';
import { onceForTokens } from './once-for-tokens.ts';
import { isSign, isWord, type Token } from './tokens.ts';

/**
 * Returns a function that finds the first of these words that begins a clause after a token, within the same brackets;
 * the number of tokens when none does. All answers about a statement are computed at once, so that one of thousands of
 * SELECTs is read once.
 */
export function followingClause(words: readonly string[]): (tokens: readonly Token[], at: number) => number {
  const nearest = onceForTokens((tokens) => {
    const found = new Int32Array(tokens.length);
    /** The nearest word after each bracket that is open, seen from its end. */
    const outside: number[] = [];
    let next = tokens.length;
    for (let i = tokens.length - 1; i >= 0; i--) {
      const token = tokens[i]!;
      if (opensBracket(token)) next = outside.pop() ?? tokens.length;
      found[i] = next;
      if (isWord(token, ...words) && beginsClause(tokens, i)) next = i;
      if (!closesBracket(token)) continue;
      outside.push(next);
      next = tokens.length;
    }
    return found;
  });
  return (tokens, at) => nearest(tokens)[at] ?? tokens.length;
}

/** Whether a word is no name, nor a part of IS DISTINCT FROM, and CONFLICT comes after ON. */
function beginsClause(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (isWord(before, 'as') || isSign(before, '.') || isSign(tokens[at + 1], '.')) return false;
  if (isWord(tokens[at], 'conflict')) return isWord(before, 'on');
  return !(isWord(tokens[at], 'from') && isWord(before, 'distinct') && !isWord(tokens[at - 2], 'select'));
}
