/** What is tried as each user in the booted machine. */
export interface Check {
  name: string;
  /** In the checkout, by bash. */
  command: string;
  /** By the machine's own clock, which an emulated one has slower than ours: see `boot.ts`. */
  deadlineSeconds: number;
}

export const CHECKS: readonly Check[] = [
  { name: 'start', command: 'bash /opt/probe/start.sh', deadlineSeconds: 900 },
  { name: 'pony', command: 'npm run verify -- pony', deadlineSeconds: 1200 },
  { name: 'sandbox', command: 'npm test -- tests/hostile tests/server/oci tests/contracts/runtime.test.ts', deadlineSeconds: 7200 },
];

/** The check that comes before all others, with this machine's network. */
export const SET_UP = 'set-up';

/** Lines for `inside/probe.sh`: user, check, deadline and command, with tabs between. */
export function planOf(users: readonly string[], checks: readonly Check[]): string {
  return users.flatMap((user) => checks.map(({ name, deadlineSeconds, command }) => `${[user, name, deadlineSeconds, command].join('\t')}\n`)).join('');
}
