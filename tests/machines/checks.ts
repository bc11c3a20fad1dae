import type { User } from './machines.ts';

/** What is tried in the booted machine. */
export interface Check {
  name: string;
  /** Whose checkouts it is tried on. */
  users: readonly string[];
  /** Who does it there, where that is another. */
  as?: string;
  /** It runs the project's own tests, which need more than `npm start` does: a browser. */
  isTest?: boolean;
  /** In the checkout, by bash. */
  command: string;
  /** By the machine's own clock, which an emulated one has slower than ours: see `boot.ts`. */
  deadlineSeconds: number;
}

const PEOPLE = ['root', 'reader'];

export const CHECKS: readonly Check[] = [
  { name: 'start', users: PEOPLE, command: 'bash /opt/probe/start.sh', deadlineSeconds: 900 },
  { name: 'pony', users: PEOPLE, command: 'npm run verify -- pony', deadlineSeconds: 1200 },
  {
    name: 'sandbox',
    users: PEOPLE,
    isTest: true,
    command: 'npm test -- tests/hostile tests/server/oci tests/contracts/runtime.test.ts',
    deadlineSeconds: 7200,
  },
  { name: 'service', users: ['bankrun'], as: 'root', command: 'bash /opt/probe/service.sh', deadlineSeconds: 900 },
];

/** The check that comes before all others, with this machine's network. */
export const SET_UP = 'set-up';

/** The checks of one user among those chosen. */
export function checksOf(user: string, checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ users }) => users.includes(user));
}

/**
 * What sets a checkout up for checks, with this machine's network: no more than they need, for with an emulated
 * processor it takes long.
 */
export function setUpFor(checks: readonly Check[]): string {
  return checks.some(({ isTest }) => isTest) ? 'npm run setup' : 'node server/setup/launch.cjs prepare';
}

/** Lines for `inside/probe.sh`: user, check, who does it, where, deadline and command, with tabs between. */
export function planOf(users: readonly User[], checks: readonly Check[]): string {
  const lines = users.flatMap(({ name: user, checkout }) =>
    checksOf(user, checks).map(({ name, as = user, deadlineSeconds, command }) =>
      [user, name, as, checkout, deadlineSeconds, command].join('\t'),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}
