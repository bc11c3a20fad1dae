import { onceForTokens } from './once-for-tokens.ts';
import type { Token } from './tokens.ts';

const valuesOf = onceForTokens((tokens): ReadonlySet<string> => new Set(tokens.map(({ value }) => value)));

/**
 * Whether one of the tokens has one of these values, whatever its kind. A rewriting asks this first, because most
 * statements have nothing for it: to look it up is much cheaper than to look at every token.
 */
export function mentions(tokens: readonly Token[], ...values: string[]): boolean {
  const own = valuesOf(tokens);
  return values.some((value) => own.has(value));
}
