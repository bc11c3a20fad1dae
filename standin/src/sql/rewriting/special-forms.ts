import { closingBracket } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** Functions whose arguments PostgreSQL separates with words only, and these words. */
const WORDS: Record<string, readonly string[]> = { extract: ['from'], overlay: ['placing'] };

/**
 * Lets functions be called with commas that are special forms in PostgreSQL's grammar, and the other way round
 * (cockroachlabs.com/docs/v21.1/functions-and-operators#special-syntax-forms). Quoted names are those of functions.
 *
 *     SELECT extract('year', a), overlay(b, 'x', 2), extract_duration(hour FROM c), current_user()
 *     SELECT "extract"('year', a), "overlay"(b, 'x', 2), extract_duration('hour' , c), "current_user"()
 */
export function rewriteSpecialForms({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'current_user', 'count_rows', 'extract_duration', ...Object.keys(WORDS))) return;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word' || !isSign(tokens[i + 1], '(') || isSign(tokens[i - 1], '.')) continue;
    const isEmpty = isSign(tokens[i + 2], ')');
    if (isWord(token, 'current_user') && isEmpty) quote(token, edits);
    if (isWord(token, 'count_rows') && isEmpty) edits.insert(tokens[i + 2]!.start, '*');
    if (isWord(token, 'extract_duration')) separate(tokens, i, edits);
    const words = WORDS[token.value];
    if (words && Object.hasOwn(WORDS, token.value) && !hasWord(tokens, i + 1, words)) quote(token, edits);
  }
}

function quote(token: Token, edits: TextEdits): void {
  edits.replace(token.start, token.end, `"${token.value}"`);
}

/** Whether one of the words is in the brackets that open at `open`, or in brackets within them. */
function hasWord(tokens: Token[], open: number, words: readonly string[]): boolean {
  const close = closingBracket(tokens, open);
  return tokens.slice(open + 1, Math.max(close, open + 1)).some((token) => isWord(token, ...words));
}

/** Makes `extract_duration(hour FROM x)` an ordinary call. */
function separate(tokens: Token[], at: number, edits: TextEdits): void {
  const unit = tokens[at + 2];
  const from = tokens[at + 3];
  if (!isWord(from, 'from') || !/^[a-z]+$/.test(unit?.value ?? '')) return;
  edits.replace(unit!.start, unit!.end, `'${unit!.value}'`);
  edits.replace(from!.start, from!.end, ',');
}
