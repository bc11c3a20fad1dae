import type { Token } from './tokens.ts';

/** What is kept of a list of tokens: a fact for each function that `onceForTokens` has made, by its number. */
type Facts = { value: unknown }[];

const known = new WeakMap<readonly Token[], Facts>();
let latest: { tokens: readonly Token[]; facts: Facts } | undefined;
let functions = 0;

/** Most questions are about the list of the question before; to add a list to a weak map takes long. */
function factsOf(tokens: readonly Token[]): Facts {
  if (latest?.tokens === tokens) return latest.facts;
  const facts = known.get(tokens) ?? [];
  if (!facts.length) known.set(tokens, facts);
  latest = { tokens, facts };
  return facts;
}

/**
 * Returns a function that computes something from a list of tokens and keeps it as long as the list: many rewritings
 * ask for the same thing about one statement. `compute` may depend on nothing but the tokens, which nobody changes.
 */
export function onceForTokens<T>(compute: (tokens: readonly Token[]) => T): (tokens: readonly Token[]) => T {
  const place = functions++;
  return (tokens) => {
    const facts = factsOf(tokens);
    facts[place] ??= { value: compute(tokens) };
    return facts[place].value as T;
  };
}
