import { partsOf } from './captures.ts';
import { hasLabels, type LineMatchers, type Values } from './line-matchers.ts';

/** Which printed line fits each expected one, if any, with the values of all labels. */
export interface Pairs {
  /** For each expected line, the index of a printed one. */
  partners: (number | undefined)[];
  known: Values;
}

/** The most ways of giving labels their values that are tried. */
const MAX_TRIES = 200;

/**
 * Finds a printed line of its own for as many expected lines as possible, in any order. `{int}` never takes the line
 * that another expected line needs.
 */
export function pairUp(
  wanted: readonly string[],
  found: readonly string[],
  before: Values,
  matchers: LineMatchers,
): Pairs {
  const plain = plainPartners(wanted, found);
  const labelled = indexesOf(wanted, (line, index) => plain[index] === undefined && hasLabels(line));
  const rest = indexesOf(wanted, (line, index) => plain[index] === undefined && !hasLabels(line));
  let best: Pairs | undefined;
  let most = -1;
  let tries = 0;

  /** Pairs the labelled lines from `next` on, then the others. Returns whether every line has a partner. */
  const giveFrom = (next: number, partners: readonly (number | undefined)[], known: Values): boolean => {
    const index = labelled[next];
    if (index === undefined) {
      tries += 1;
      const all = matchRest(rest, partners, found.length, (line, at) =>
        matchers.bind(wanted[line]!, found[at]!, known),
      );
      const count = all.filter((at) => at !== undefined).length;
      if (count > most) [best, most] = [{ partners: all, known }, count];
      return count === wanted.length;
    }
    let isPossible = false;
    const taken = new Set(partners);
    for (let at = 0; at < found.length && tries < MAX_TRIES; at += 1) {
      const bound = taken.has(at) ? undefined : matchers.bind(wanted[index]!, found[at]!, known);
      if (!bound) continue;
      isPossible = true;
      if (giveFrom(next + 1, partners.with(index, at), bound)) return true;
    }
    return !isPossible && giveFrom(next + 1, partners, known);
  };

  giveFrom(0, plain, before);
  return best!;
}

/** Returns the partners of the lines without captures, which are equal to them. */
function plainPartners(wanted: readonly string[], found: readonly string[]): (number | undefined)[] {
  const byText = new Map<string, number[]>();
  for (const [at, text] of found.entries()) {
    const ats = byText.get(text);
    if (ats) ats.push(at);
    else byText.set(text, [at]);
  }
  return wanted.map((line) => {
    const parts = partsOf(line);
    return parts.every((part) => typeof part === 'string') ? byText.get(parts.join(''))?.shift() : undefined;
  });
}

/** Returns the partners, with those of `lines` added: as many as possible, whereby they may change theirs. */
function matchRest(
  lines: readonly number[],
  partners: readonly (number | undefined)[],
  count: number,
  fits: (line: number, at: number) => unknown,
): (number | undefined)[] {
  const all = [...partners];
  const fixed = new Set(partners);
  const takenBy = new Map<number, number>();
  // Lines that were tried in vain stay useless, so they are not tried again before something has changed.
  let tried = new Set<number>();

  const give = (line: number): boolean => {
    const possible: number[] = [];
    for (let at = 0; at < count; at += 1) {
      if (fixed.has(at) || tried.has(at) || !fits(line, at)) continue;
      if (!takenBy.has(at)) return take(line, at);
      possible.push(at);
    }
    for (const at of possible) {
      if (tried.has(at)) continue;
      tried.add(at);
      if (give(takenBy.get(at)!)) return take(line, at);
    }
    return false;
  };
  const take = (line: number, at: number): true => {
    all[line] = at;
    takenBy.set(at, line);
    return true;
  };

  for (const line of lines) if (give(line)) tried = new Set();
  return all;
}

function indexesOf(lines: readonly string[], is: (line: string, index: number) => boolean): number[] {
  return lines.flatMap((line, index) => (is(line, index) ? [index] : []));
}
