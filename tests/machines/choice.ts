import { CHECKS, type Check } from './checks.ts';
import { MACHINES, USERS, type Machine } from './machines.ts';

/** What is to be tried. */
export interface Choice {
  machines: readonly Machine[];
  users: readonly string[];
  checks: readonly Check[];
}

/**
 * Reads the names of machines, users and checks that a person typed, in any order; of what is not named, all. Gives a sentence when a
 * name is unknown.
 */
export function choiceOf(names: readonly string[]): Choice | string {
  const known: string[] = [...MACHINES, ...USERS, ...CHECKS].map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) return `There is no ${unknown.join(', ')}. Machines, users and checks are: ${known.join(', ')}.`;
  const chosen = <T extends { name: string }>(all: readonly T[]): readonly T[] => {
    const named = all.filter(({ name }) => names.includes(name));
    return named.length > 0 ? named : all;
  };
  return { machines: chosen(MACHINES), users: chosen<{ name: string }>(USERS).map(({ name }) => name), checks: chosen(CHECKS) };
}
