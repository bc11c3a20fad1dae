import { bracketDepths, closingBracket } from './brackets.ts';
import { onceForTokens } from './once-for-tokens.ts';
import { primaryEnd } from './primaries.ts';
import { isSign, isWord, type Token } from './tokens.ts';

/** Words that may follow the first one of a type's name. */
const IN_TYPES = ['precision', 'varying', 'with', 'without', 'time', 'zone'];

/**
 * Returns the index after the operand that begins at token `from`: a primary expression, a constant with its type
 * before it, or CASE, with the clauses that belong to it. In `sum(a) OVER (b) + c` it ends before `+`.
 */
export function operandEnd(tokens: readonly Token[], from: number): number {
  let at = caseEnds(tokens).get(from) ?? primaryEnd(tokens, from);
  if (isString(tokens[at]) && tokens[at - 1]?.kind === 'word') at++;
  for (;;) {
    const next = tokens[at];
    if (isSign(next, '::') || isSign(next, ':::')) at = primaryEnd(tokens, at + 1);
    else if (isSign(tokens[at - 2], '::') && isWord(next, ...IN_TYPES)) at = typeEnd(tokens, at);
    else if (isWord(next, 'collate')) at += 2;
    else if (isWord(next, 'at') && isWord(tokens[at + 1], 'time')) at = primaryEnd(tokens, at + 3);
    else if (isWord(next, 'over', 'filter')) at = isSign(tokens[at + 1], '(') ? closeOf(tokens, at + 1) : at + 2;
    else return Math.min(at, tokens.length - 1);
  }
}

function isString(token: Token | undefined): boolean {
  return token?.kind === 'string' || token?.kind === 'escape';
}

function closeOf(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? tokens.length : close + 1;
}

function typeEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (isWord(tokens[at], ...IN_TYPES)) at++;
  return isSign(tokens[at], '(') ? closeOf(tokens, at) : at;
}

/** By the index of a CASE, that after its END. */
const caseEnds = onceForTokens((tokens): ReadonlyMap<number, number> => {
  const depths = bracketDepths(tokens);
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const [i, token] of tokens.entries()) {
    while (open.length > 0 && depths[open.at(-1)!]! > depths[i]!) open.pop();
    if (isWord(token, 'case')) open.push(i);
    else if (isWord(token, 'end') && open.length > 0) ends.set(open.pop()!, i + 1);
  }
  return ends;
});
