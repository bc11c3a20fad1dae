import { opensBracket } from '../text/brackets.ts';
import { afterBracket } from '../text/parentheses.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Range } from './scopes.ts';

/** A `*`, or a `t.*`, that stands for columns: the index of its first token and the one after it. */
export interface Star extends Range {
  /** What comes before its dot. */
  qualifier: string | undefined;
}

/** Returns the stars among the items of a list: not those in `count(*)`, nor those that multiply. */
export function starsIn(tokens: readonly Token[], list: Range): Star[] {
  const stars: Star[] = [];
  for (let i = list.from; i < list.to; i = nextInList(tokens, i)) {
    if (!isSign(tokens[i], '*')) continue;
    let from = i;
    while (isSign(tokens[from - 1], '.') && isName(tokens[from - 2])) from -= 2;
    const ends = i + 1 === list.to || isSign(tokens[i + 1], ',');
    if (!ends || !beginsItem(tokens, list, from)) continue;
    stars.push({ from, to: i + 1, qualifier: from < i ? tokens[i - 2]!.value : undefined });
  }
  return stars;
}

/** Whether an item of the list begins at that token: also after DISTINCT, ALL and DISTINCT ON (…). */
function beginsItem(tokens: readonly Token[], list: Range, at: number): boolean {
  const before = tokens[at - 1];
  if (at === list.from || isSign(before, ',') || isWord(before, 'distinct', 'all')) return true;
  return isSign(before, ')') && isWord(tokens[list.from], 'distinct') && isWord(tokens[list.from + 1], 'on');
}

/** Returns how many items a list has. */
export function countItems(tokens: readonly Token[], { from, to }: Range): number {
  let count = 1;
  for (let i = from; i < to; i = nextInList(tokens, i)) if (isSign(tokens[i], ',')) count++;
  return count;
}

/** Returns the index after a token, or after the brackets that it opens. */
function nextInList(tokens: readonly Token[], at: number): number {
  return opensBracket(tokens[at]!) ? afterBracket(tokens, at) : at + 1;
}
