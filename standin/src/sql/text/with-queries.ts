import { closingBracket, enclosingBracket } from './brackets.ts';
import { mentions } from './mentions.ts';
import { onceForTokens } from './once-for-tokens.ts';
import { afterBracket } from './parentheses.ts';
import { isName, isSign, isWord, type Token } from './tokens.ts';

/** A query that WITH names, and the tokens among which its name means it. */
interface WithQuery {
  name: string;
  from: number;
  to: number;
}

/** Finds the queries that WITH names. */
function withQueries(tokens: readonly Token[]): WithQuery[] {
  const found: WithQuery[] = [];
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, 'with')) continue;
    const isRecursive = isWord(tokens[i + 1], 'recursive');
    const around = enclosingBracket(tokens, i);
    const end = around < 0 ? -1 : closingBracket(tokens, around);
    for (let at = isRecursive ? i + 2 : i + 1; isName(tokens[at]); at++) {
      const name = tokens[at]!.value;
      let as = isSign(tokens[at + 1], '(') ? afterBracket(tokens, at + 1) : at + 1;
      if (!isWord(tokens[as], 'as')) break;
      while (isWord(tokens[as], 'as', 'not', 'materialized')) as++;
      if (!isSign(tokens[as], '(')) break;
      const after = afterBracket(tokens, as);
      found.push({ name, from: isRecursive ? at : after, to: end < 0 ? tokens.length : end });
      if (!isSign(tokens[after], ',')) break;
      at = after;
    }
  }
  return found;
}

/** The indexes of the names that mean such a query. */
const namesOfQueries = onceForTokens((tokens): ReadonlySet<number> => {
  const names = new Set<number>();
  if (!mentions(tokens, 'with')) return names;
  const changes = withQueries(tokens).flatMap(({ name, from, to }) => [
    { at: from, name, by: 1 },
    { at: to, name, by: -1 },
  ]);
  changes.sort((a, b) => a.at - b.at);
  const known = new Map<string, number>();
  let next = 0;
  for (const [i, token] of tokens.entries()) {
    for (let change = changes[next]; change && change.at <= i; change = changes[++next])
      known.set(change.name, (known.get(change.name) ?? 0) + change.by);
    if (isName(token) && known.get(token.value) && !isSign(tokens[i + 1], '.')) names.add(i);
  }
  return names;
});

/** Whether the name at that token, without dots, is one that WITH gave to a query, and no table's. */
export function isWithQuery(tokens: readonly Token[], at: number): boolean {
  return namesOfQueries(tokens).has(at);
}
