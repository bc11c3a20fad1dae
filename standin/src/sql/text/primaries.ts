import { closingBracket, openingBracket } from './brackets.ts';
import { isName, isSign, isWord, type Token } from './tokens.ts';

/**
 * Returns the index after the primary expression that begins at token `from`: a constant, a name, a call, an array or
 * something in parentheses, with the casts, subscripts and parts that follow. In `f(a)[1]::INT + b` it ends before `+`.
 * With a bracket that nothing closes it has no end: then that is the number of tokens.
 */
export function primaryEnd(tokens: readonly Token[], from: number): number {
  const after = (open: number): number => {
    const close = closingBracket(tokens, open);
    return close < 0 ? tokens.length : close + 1;
  };
  let at = from + 1;
  if (isSign(tokens[from], '(')) at = after(from);
  else if (isWord(tokens[from], 'array') && (isSign(tokens[at], '[') || isSign(tokens[at], '('))) at = after(at);
  for (;;) {
    const next = tokens[at];
    if (isSign(next, '.') && isName(tokens[at + 1])) at += 2;
    else if (isSign(next, '[') || (isSign(next, '(') && isName(tokens[at - 1]))) at = after(at);
    else if (isSign(next, '::') || isSign(next, ':::')) at += 2;
    else return at;
  }
}

/**
 * Returns the index of the first token of the call, array or parenthesis that token `close` ends: `a` in `a.f(b)`. For
 * a parenthesis after a keyword, as in `IN (…)`, that is the parenthesis; for a bracket that closes none, `close`.
 */
export function primaryStart(tokens: readonly Token[], close: number): number {
  let at = openingBracket(tokens, close);
  if (at < 0) return close;
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
