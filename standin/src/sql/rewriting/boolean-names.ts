import { AFTER_LIST } from '../text/clause-words.ts';
import { bracketDepths } from '../text/brackets.ts';
import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';

/**
 * Names the columns that are nothing but a boolean constant: CockroachDB calls them `bool`, as if they were casts.
 *
 *     SELECT true, 1 FROM t
 *     SELECT true AS bool, 1 FROM t
 */
export function nameBooleans({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'true', 'false')) return;
  const depths = bracketDepths(tokens);
  /** The lists around the token, with the index at which their present items begin. */
  const lists: { depth: number; from: number }[] = [];
  for (const [i, token] of tokens.entries()) {
    const depth = depths[i]!;
    let list = lists.at(-1);
    while (list && (depth < list.depth || token.kind === 'end')) {
      nameItem(tokens, list.from, i, edits);
      lists.pop();
      list = lists.at(-1);
    }
    if (list?.depth === depth && isWord(token, ...AFTER_LIST)) {
      nameItem(tokens, list.from, i, edits);
      lists.pop();
    } else if (list?.depth === depth && isSign(token, ',')) {
      nameItem(tokens, list.from, i, edits);
      list.from = i + 1;
    }
    if (isWord(token, 'select')) lists.push({ depth, from: i + (isWord(tokens[i + 1], 'all', 'distinct') ? 2 : 1) });
  }
}

function nameItem(tokens: Token[], from: number, to: number, edits: TextEdits): void {
  if (to === from + 1 && isWord(tokens[from], 'true', 'false')) edits.insert(tokens[from]!.end, ' AS bool');
}
