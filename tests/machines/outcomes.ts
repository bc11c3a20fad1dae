import { join } from 'node:path';
import { lastLine, type Tally } from '../support/report.ts';
import type { Result } from './boot.ts';
import { checksOf, SET_UP, type Check } from './checks.ts';

/** One line of the table. */
export interface Outcome {
  machine: string;
  user: string;
  check: string;
  verdict: 'ok' | 'FAILED' | 'skipped';
  /** How long it took, why it was skipped, or where its log is. */
  note: string;
}

/** Returns the outcomes of the checks of one machine that was booted, or could not be booted for `reason`. */
export function judge(
  machine: string,
  users: readonly string[],
  checks: readonly Check[],
  results: Result[],
  failedSetUps: ReadonlySet<string>,
  log: string,
): Outcome[] {
  return users.flatMap((user) =>
    checksOf(user, checks).map(({ name }): Outcome => {
      const of = { machine, user, check: name };
      const result = results.find((one) => one.user === user && one.check === name);
      if (failedSetUps.has(user)) return { ...of, verdict: 'skipped', note: `its ${SET_UP} failed` };
      if (!result)
        return { ...of, verdict: 'FAILED', note: `the machine never came to it: see ${join(log, 'console.log')}` };
      const ok = result.exitCode === 0;
      return {
        ...of,
        verdict: ok ? 'ok' : 'FAILED',
        note: `${result.seconds} s by its clock; ${join(log, `${user}-${name}.log`)}`,
      };
    }),
  );
}

/** Returns the table of outcomes, with a summary line below it. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const columns = (['machine', 'user', 'check', 'verdict'] as const).map((name) => ({
    name,
    width: Math.max(...outcomes.map((outcome) => outcome[name].length)),
  }));
  const lines = outcomes.map((outcome) =>
    [...columns.map(({ name, width }) => outcome[name].padEnd(width)), outcome.note].join('  '),
  );
  return [...lines, lastLine(tallyOf(outcomes))].join('\n');
}

/** Returns how many checks passed, failed and were skipped. */
export function tallyOf(outcomes: readonly Outcome[]): Tally {
  const count = (verdict: Outcome['verdict']): number =>
    outcomes.filter((outcome) => outcome.verdict === verdict).length;
  return { passed: count('ok'), failed: count('FAILED'), skipped: count('skipped') };
}
