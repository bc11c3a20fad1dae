import { expect, test } from 'vitest';
import { CHECKS, planOf } from './checks.ts';
import { choiceOf } from './choice.ts';
import { judge, tableOf, tallyOf } from './outcomes.ts';

const CHECK = { name: 'start', command: 'npm start', deadlineSeconds: 60 };

test('of machines, users and checks those named are tried, and all of what is not named', () => {
  expect(choiceOf(['debian-13', 'reader'])).toMatchObject({ machines: [{ name: 'debian-13' }], users: ['reader'], checks: CHECKS });
  expect(choiceOf(['windows-3', 'start'])).toMatch(/^There is no windows-3\. Machines, users and checks are: debian-12, .*reader.*start/);
});

test('the machine is told one check a line, each as one user', () => {
  expect(planOf(['root', 'reader'], [CHECK])).toBe('root\tstart\t60\tnpm start\nreader\tstart\t60\tnpm start\n');
});

test('a check that the machine never came to has failed, and one that its set-up kept from it is skipped with the reason', () => {
  const results = [{ user: 'root', check: 'start', exitCode: 0, seconds: 9 }];
  const outcomes = judge('m', ['root', 'reader', 'third'], [CHECK], results, new Set(['reader']), '/log');
  expect(outcomes.map(({ user, verdict }) => [user, verdict])).toEqual([['root', 'ok'], ['reader', 'skipped'], ['third', 'FAILED']]);
  expect(tallyOf(outcomes)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  expect(tableOf(outcomes).split('\n')).toEqual([
    'm  root    start  ok       9 s by its clock; /log/root-start.log',
    'm  reader  start  skipped  its set-up failed',
    'm  third   start  FAILED   the machine never came to it: see /log/console.log',
    '1 passed, 1 failed, 1 skipped',
  ]);
});

test('a check that ended ill has failed, however it ended', () => {
  for (const exitCode of [1, 124, 137]) {
    expect(judge('m', ['root'], [CHECK], [{ user: 'root', check: 'start', exitCode, seconds: 1 }], new Set(), '/log')).toMatchObject([{ verdict: 'FAILED' }]);
  }
});
