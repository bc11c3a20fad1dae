import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';

/** Functions that take anything as their first argument, and of whose types PostgreSQL knows nothing else. */
const ANYTHING = 'array_agg json_agg jsonb_agg to_json to_jsonb first_value last_value nth_value lag lead'.split(' ');

/**
 * Tells the type of a string constant that is an argument of a function for any type. To CockroachDB it is a STRING; to
 * PostgreSQL it has no type yet.
 *
 *     SELECT array_agg('a') FROM t
 *     SELECT array_agg('a'::text) FROM t
 */
export function rewriteStringArguments({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, ...ANYTHING)) return;
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, ...ANYTHING) || !isSign(tokens[i + 1], '(')) continue;
    const at = isWord(tokens[i + 2], 'distinct', 'all') ? i + 3 : i + 2;
    const [argument, next] = [tokens[at]!, tokens[at + 1]];
    const isString = argument.kind === 'string' || argument.kind === 'escape';
    if (isString && (isSign(next, ',') || isSign(next, ')') || isWord(next, 'order')))
      edits.insert(argument.end, '::text');
  }
}
