import type { Part } from './parts.ts';

/** A part that is to run, and its number: the usual one unless told otherwise; NaN for a part that takes none. */
export interface WantedPart {
  part: Part;
  count: number;
}

/** The command line is invalid. The message is a sentence. */
export class UsageError extends Error {}

/**
 * Parses `[PART [N]]…`. Without names, all parts are meant except those that run only when they are named. Throws
 * UsageError, also for unknown names.
 */
export function readParts(args: readonly string[], all: readonly Part[]): WantedPart[] {
  const wanted: WantedPart[] = [];
  for (const arg of args) {
    const last = wanted.at(-1);
    if (/^\d+$/.test(arg) && last) {
      if (last.part.count === undefined) throw new UsageError(`The part ${last.part.name} takes no number.`);
      if (Number(arg) < 1)
        throw new UsageError(`The part ${last.part.name} needs at least 1 of its ${last.part.count.of}.`);
      last.count = Number(arg);
      continue;
    }
    const part = all.find(({ name }) => name === arg);
    if (!part) throw new UsageError(`There is no part ${arg}. The parts are: ${all.map(described).join(', ')}.`);
    wanted.push(usually(part));
  }
  return wanted.length > 0 ? wanted : all.filter(({ onlyNamed }) => onlyNamed !== true).map(usually);
}

function usually(part: Part): WantedPart {
  return { part, count: part.count?.usual ?? Number.NaN };
}

function described({ name, count }: Part): string {
  return count ? `${name} [${count.of}]` : name;
}
