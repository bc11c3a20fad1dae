import { enclosingBracket } from '../text/brackets.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** Functions that CockroachDB calls like any other, and PostgreSQL only in a form of their own. */
const CALLED_OTHERWISE =
  `current_catalog current_date current_role current_schema current_time current_timestamp current_user extract
  localtime localtimestamp overlay position session_user substring trim user`.split(/\s+/);

/** Constructs of CockroachDB that PostgreSQL cannot parse, by the words that begin them; `…` ends the name shown. */
const CONSTRUCTS = `as of system time | with ordinality | interleave in parent | partition by list |
  partition by range | partition by nothing | configure zone | split at | unsplit at | unsplit all |
  experimental_relocate | experimental_audit | locality global | locality regional | primary region | survive zone |
  survive region | using hash with bucket_count | not visible | annotate_type | within group | is of | is not of`
  .split('|')
  .map((words) => words.trim().split(/\s+/));

/**
 * Returns the construct of CockroachDB that PostgreSQL stumbles over at the token with this index; undefined when
 * neither has such syntax.
 *
 *     SELECT current_timestamp()
 *     the function current_timestamp()
 */
export function absentSyntax(tokens: readonly Token[], at: number): string | undefined {
  const called = calledAround(tokens, at);
  if (isWord(called, ...CALLED_OTHERWISE)) return `the function ${called!.value}() with these arguments`;
  for (const words of CONSTRUCTS)
    for (let start = Math.max(0, at - words.length); start <= at; start++)
      if (words.every((word, i) => isWord(tokens[start + i], word))) return words.join(' ').toUpperCase();
  return undefined;
}

/** The name of the function whose arguments the token is among, or whose parenthesis it is. */
function calledAround(tokens: readonly Token[], at: number): Token | undefined {
  if (isSign(tokens[at], '(')) return tokens[at - 1];
  const open = isSign(tokens[at], ')') && isSign(tokens[at - 1], '(') ? at - 1 : enclosingBracket(tokens, at);
  const name = open > 0 ? tokens[open - 1] : undefined;
  return isName(name) ? name : undefined;
}
