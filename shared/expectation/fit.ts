import type { LineMatchers, Values } from './line-matchers.ts';
import { isSkip } from './skip.ts';

/** The most places that are tried. Only labels after several `…` need many. */
const MAX_TRIES = 100_000;

/**
 * Returns the values of all labels when printed lines fit the expected ones, in order. Undefined when they do not fit,
 * or when that cannot be found out in a bounded number of tries.
 */
export function fitInOrder(
  wanted: readonly string[],
  found: readonly string[],
  before: Values,
  matchers: LineMatchers,
): Values | undefined {
  const parts = partsBetweenSkips(wanted);
  let tries = 0;

  const bindAt = (part: readonly string[], at: number, known: Values): Values | undefined => {
    tries += 1;
    let all: Values | undefined = known;
    for (let i = 0; i < part.length && all; i += 1) all = matchers.bind(part[i]!, found[at + i]!, all);
    return all;
  };
  const place = (index: number, from: number, known: Values): Values | undefined => {
    const part = parts[index];
    if (!part) return known;
    const last = found.length - part.length;
    const isLast = index === parts.length - 1;
    for (let at = isLast ? Math.max(from, last) : from; at <= last && tries < MAX_TRIES; at += 1) {
      const bound = bindAt(part, at, known);
      const all = bound && place(index + 1, at + part.length, bound);
      // Without new labels, a later place leaves the following lines less room and no other choice.
      if (all || bound === known) return all;
    }
    return undefined;
  };

  const [first = []] = parts;
  if (found.length < first.length || (parts.length === 1 && found.length > first.length)) return undefined;
  const bound = bindAt(first, 0, before);
  return bound && place(1, first.length, bound);
}

/** Returns the runs of lines before, between and after `…`. */
function partsBetweenSkips(wanted: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const line of wanted) {
    if (isSkip(line)) parts.push([]);
    else parts.at(-1)!.push(line);
  }
  return parts;
}
