import type { Token } from './tokens.ts';

const known = new WeakMap<readonly Token[], ReadonlySet<string>>();

/**
 * Whether one of the tokens has one of these values, whatever its kind. A rewriting asks this first, because most
 * statements have nothing for it: to look it up is much cheaper than to look at every token.
 */
export function mentions(tokens: readonly Token[], ...values: string[]): boolean {
  let own = known.get(tokens);
  if (!own) {
    own = new Set(tokens.map(({ value }) => value));
    known.set(tokens, own);
  }
  for (const value of values) if (own.has(value)) return true;
  return false;
}
