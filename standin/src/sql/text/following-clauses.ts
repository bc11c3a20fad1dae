import { closesBracket, opensBracket } from './brackets.ts';
import { onceForTokens } from './once-for-tokens.ts';
import { isSign, isWord, type Token } from './tokens.ts';

/** Finds the first word of some kind after a token, in the same brackets; the number of tokens when none follows. */
export type Following<Kind extends string> = (tokens: readonly Token[], at: number, kind: Kind) => number;

/**
 * Returns a function that finds the words that begin clauses; `words` are those of each kind. All answers about a
 * statement are computed at once, so that one of thousands of SELECTs is read once.
 */
export function followingClauses<Kind extends string>(words: Record<Kind, readonly string[]>): Following<Kind> {
  const kinds = Object.keys(words) as Kind[];
  const kindsOf = new Map<string, number[]>();
  for (const [n, kind] of kinds.entries())
    for (const word of words[kind]) kindsOf.set(word, [...(kindsOf.get(word) ?? []), n]);
  const nearest = onceForTokens((tokens) => {
    const found = kinds.map(() => new Int32Array(tokens.length));
    let next: number[] = kinds.map(() => tokens.length);
    /** What comes after each bracket that is open, seen from its end. */
    const outside: number[][] = [];
    for (let i = tokens.length - 1; i >= 0; i--) {
      const token = tokens[i]!;
      if (opensBracket(token)) next = outside.pop() ?? next;
      for (let n = 0; n < found.length; n++) found[n]![i] = next[n]!;
      if (closesBracket(token)) {
        outside.push(next);
        next = kinds.map(() => tokens.length);
      }
      const own = token.kind === 'word' ? kindsOf.get(token.value) : undefined;
      if (own && beginsClause(tokens, i)) for (const n of own) next[n] = i;
    }
    return found;
  });
  return (tokens, at, kind) => nearest(tokens)[kinds.indexOf(kind)]![at] ?? tokens.length;
}

/** Whether a word is no name, nor a part of IS DISTINCT FROM, and CONFLICT comes after ON. */
function beginsClause(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (isWord(before, 'as') || isSign(before, '.') || isSign(tokens[at + 1], '.')) return false;
  if (isWord(tokens[at], 'conflict')) return isWord(before, 'on');
  return !(isWord(tokens[at], 'from') && isWord(before, 'distinct') && !isWord(tokens[at - 2], 'select'));
}
