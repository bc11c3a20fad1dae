import type { User } from './machines.ts';

/** A check in the booted machine. */
export interface Check {
  name: string;
  /** The users on whose checkouts it is run. */
  users: readonly string[];
  /** The user who runs it, if that is another one. */
  as?: string;
  /** Whether it runs the project's own tests, which need a browser. */
  isTest?: boolean;
  /** Run by bash, in the checkout. */
  command: string;
  /** By the machine's own clock, which is slower than ours when it is emulated: see `boot.ts`. */
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

/** The check that runs before all others, with this machine's network. */
export const SET_UP = 'set-up';

/** Returns the checks of one user among the chosen ones. */
export function checksOf(user: string, checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ users }) => users.includes(user));
}

/**
 * Returns the command that sets a checkout up for checks, with this machine's network. It does no more than they need,
 * because it takes long on an emulated processor.
 */
export function setUpFor(checks: readonly Check[]): string {
  return checks.some(({ isTest }) => isTest) ? 'npm run setup' : 'node server/setup/launch.cjs prepare';
}

/** Returns lines for `inside/probe.sh`: user, check, who runs it, where, deadline and command, separated by tabs. */
export function planOf(users: readonly User[], checks: readonly Check[]): string {
  const lines = users.flatMap(({ name: user, checkout }) =>
    checksOf(user, checks).map(({ name, as = user, deadlineSeconds, command }) =>
      [user, name, as, checkout, deadlineSeconds, command].join('\t'),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}
