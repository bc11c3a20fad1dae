import { onceForTokens } from './once-for-tokens.ts';
import { isSign, isWord, type Token } from './tokens.ts';

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/** Whether a token opens a bracket of any kind. */
export function opensBracket({ kind, value }: Token): boolean {
  return kind === 'sign' && OPENING.has(value);
}

/** Whether a token closes a bracket of any kind. */
export function closesBracket({ kind, value }: Token): boolean {
  return kind === 'sign' && CLOSING.has(value);
}

/**
 * Returns how many brackets of any kind are open around each token. A pair of brackets has the depth of its
 * surroundings: for `f ( a , ( b ) )` the depths are 0 0 1 1 1 2 1 0.
 */
export const bracketDepths = onceForTokens((tokens): readonly number[] => {
  let depth = 0;
  return tokens.map((token) => {
    if (opensBracket(token)) return depth++;
    return closesBracket(token) ? --depth : depth;
  });
});

/** Returns the index of the first of these words outside all brackets, from token `from` on; -1 when there is none. */
export function topLevelWord(tokens: readonly Token[], words: readonly string[], from = 0): number {
  const depths = bracketDepths(tokens);
  for (let i = from; i < tokens.length; i++) if (depths[i] === 0 && isWord(tokens[i], ...words)) return i;
  return -1;
}

/**
 * For each token, the index of the innermost bracket around it, and for each bracket that of its partner; -1 for none.
 * Every question about brackets is answered from this, because an attacker can write thousands of them, and to look for
 * each partner among all tokens takes seconds.
 */
const bracketPairs = onceForTokens((tokens): { around: Int32Array; partner: Int32Array } => {
  const around = new Int32Array(tokens.length);
  const partner = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [i, token] of tokens.entries()) {
    const closed = closesBracket(token) ? open.pop() : undefined;
    if (closed !== undefined) {
      partner[i] = closed;
      partner[closed] = i;
    }
    around[i] = open.at(-1) ?? -1;
    if (opensBracket(token)) open.push(i);
  }
  return { around, partner };
});

/** Returns the index of the bracket that closes the one at `open`; -1 when none does. */
export function closingBracket(tokens: readonly Token[], open: number): number {
  const partner = bracketPairs(tokens).partner[open] ?? -1;
  return partner > open ? partner : -1;
}

/** Returns the index of the bracket that the one at `close` closes; -1 when there is none. */
export function openingBracket(tokens: readonly Token[], close: number): number {
  const partner = bracketPairs(tokens).partner[close] ?? -1;
  return partner < close ? partner : -1;
}

/** Returns the index of the innermost bracket around token `at`; -1 outside all brackets. */
export function enclosingBracket(tokens: readonly Token[], at: number): number {
  return bracketPairs(tokens).around[at] ?? -1;
}

/** A range of tokens, from index `from` up to but not including `to`. */
interface TokenRange {
  from: number;
  to: number;
}

/**
 * Returns the items of the list whose bracket is token `open`, and the index after the list. In `(a, f(b, c))` these
 * are `a` and `f(b, c)`. There are no items in an empty list, or when no list begins there.
 */
export function listItems(tokens: readonly Token[], open: number): { items: TokenRange[]; after: number } {
  const bracket = tokens[open];
  if (!bracket || !opensBracket(bracket)) return { items: [], after: open + 1 };
  const depths = bracketDepths(tokens);
  const inside = depths[open]! + 1;
  const ends: number[] = [];
  let end = open + 1;
  for (; end < tokens.length && depths[end]! >= inside; end++)
    if (depths[end] === inside && isSign(tokens[end], ',')) ends.push(end);
  if (end === open + 1) return { items: [], after: end + 1 };
  if (end < tokens.length) ends.push(end);
  return {
    items: ends.map((to, i) => ({ from: (ends[i - 1] ?? open) + 1, to })),
    after: Math.min(end + 1, tokens.length),
  };
}
