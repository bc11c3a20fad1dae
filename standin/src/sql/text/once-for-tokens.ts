import type { Token } from './tokens.ts';

/**
 * Returns a function that computes something from a list of tokens and keeps it as long as the list: many rewritings
 * ask for the same thing about one statement. `compute` may depend on nothing but the tokens, which nobody changes.
 */
export function onceForTokens<T>(compute: (tokens: readonly Token[]) => T): (tokens: readonly Token[]) => T {
  const known = new WeakMap<readonly Token[], { value: T }>();
  return (tokens) => {
    let kept = known.get(tokens);
    if (!kept) {
      kept = { value: compute(tokens) };
      known.set(tokens, kept);
    }
    return kept.value;
  };
}
