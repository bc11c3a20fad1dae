import { CHECKS, checksOf, type Check } from './checks.ts';
import { MACHINES, USERS, type Machine, type User } from './machines.ts';

/** What is to be tested. */
export interface Choice {
  machines: readonly Machine[];
  users: readonly User[];
  checks: readonly Check[];
}

/**
 * Reads names of machines, users and checks, in any order; of a kind that is not named, all are chosen. Returns a
 * sentence when a name is unknown.
 */
export function choiceOf(names: readonly string[]): Choice | string {
  const known: string[] = [...MACHINES, ...USERS, ...CHECKS].map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return `There is no ${unknown.join(', ')}. Machines, users and checks are: ${known.join(', ')}.`;
  const chosen = <T extends { name: string }>(all: readonly T[]): readonly T[] => {
    const named = all.filter(({ name }) => names.includes(name));
    return named.length > 0 ? named : all;
  };
  const checks = chosen(CHECKS);
  // A user without any of the checks needs no set-up either.
  const users = chosen<User>(USERS).filter(({ name }) => checksOf(name, checks).length > 0);
  if (users.length === 0)
    return (
      'None of these checks is for that user: ' +
      `${CHECKS.map(({ name, users }) => `${name} is for ${users.join(' and ')}`).join(', ')}.`
    );
  return { machines: chosen(MACHINES), users, checks };
}
