import { bracketDepths } from './brackets.ts';
import { isName, isSign, isWord, type Token } from './tokens.ts';

/** Returns the index of the bracket that the one at `close` closes; -1 when none does. */
function openingBracket(depths: readonly number[], close: number): number {
  return depths.findLastIndex((depth, i) => i < close && depth === depths[close] && depths[i + 1] !== depth);
}

/**
 * Returns the index after the primary expression that begins at token `from`: a constant, a name, a call, an array or
 * something in parentheses, with the casts, subscripts and parts that follow. In `f(a)[1]::INT + b` it ends before `+`.
 */
export function primaryEnd(tokens: readonly Token[], from: number): number {
  const depths = bracketDepths(tokens);
  const close = (open: number): number => depths.findIndex((depth, i) => i > open && depth === depths[open]);
  let at = from + 1;
  if (isSign(tokens[from], '(')) at = close(from) + 1;
  else if (isWord(tokens[from], 'array') && (isSign(tokens[at], '[') || isSign(tokens[at], '('))) at = close(at) + 1;
  for (;;) {
    const next = tokens[at];
    if (isSign(next, '.') && isName(tokens[at + 1])) at += 2;
    else if (isSign(next, '[') || (isSign(next, '(') && isName(tokens[at - 1]))) at = close(at) + 1;
    else if (isSign(next, '::') || isSign(next, ':::')) at += 2;
    else return at;
  }
}

/**
 * Returns the index of the first token of the call, array or parenthesis that token `close` ends: `a` in `a.f(b)`. For
 * a parenthesis after a keyword, as in `IN (…)`, that is the parenthesis.
 */
export function primaryStart(tokens: readonly Token[], depths: readonly number[], close: number): number {
  let at = openingBracket(depths, close);
  const before = tokens[at - 1];
  if (isSign(tokens[at], '[')) return isWord(before, 'array') ? at - 1 : at;
  if (!isName(before) || isWord(before, ...BEFORE_PARENTHESIS)) return at;
  at--;
  while (isSign(tokens[at - 1], '.') && isName(tokens[at - 2])) at -= 2;
  return at;
}

/** Keywords before a parenthesis that does not hold the arguments of a call. */
const BEFORE_PARENTHESIS =
  `select distinct on where and or not in any some all as from join using by having limit offset values set returning
  case when then else between like ilike is exists with over filter default check lateral union intersect except
  interval collate`.split(/\s+/);
