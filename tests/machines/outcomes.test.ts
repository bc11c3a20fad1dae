import { expect, test } from 'vitest';
import { CHECKS, planOf, setUpFor } from './checks.ts';
import { choiceOf } from './choice.ts';
import { USERS } from './machines.ts';
import { judge, tableOf, tallyOf } from './outcomes.ts';

const CHECK = { name: 'start', users: ['root', 'reader', 'third'], command: 'npm start', deadlineSeconds: 60 };
const [ROOT, READER] = USERS;

test('the named machines, users and checks are chosen, and all of a kind that is not named', () => {
  expect(choiceOf(['debian-13', 'reader'])).toMatchObject({
    machines: [{ name: 'debian-13' }],
    users: [READER],
    checks: CHECKS,
  });
  expect(choiceOf(['windows-3', 'start'])).toMatch(
    /^There is no windows-3\. Machines, users and checks are: debian-12, .*reader.*start/,
  );
});

test('the plan has one check a line, each with one user', () => {
  const plan = planOf([ROOT, READER], [CHECK, { ...CHECK, name: 'service', users: ['reader'], as: 'root' }]);
  expect(plan.split('\n')).toEqual([
    'root\tstart\troot\t/root/bankrun\t60\tnpm start',
    'reader\tstart\treader\t/home/reader/bankrun\t60\tnpm start',
    'reader\tservice\troot\t/home/reader/bankrun\t60\tnpm start',
    '',
  ]);
});

test('a machine is set up with a browser only for the project’s own tests', () => {
  expect([setUpFor([CHECK]), setUpFor([CHECK, { ...CHECK, isTest: true }])]).toEqual([
    'node server/setup/launch.cjs prepare',
    'npm run setup',
  ]);
});

test('a user without any of the checks is not set up, and a named one without any is refused', () => {
  expect(choiceOf(['service'])).toMatchObject({ users: [{ name: 'bankrun' }] });
  expect(choiceOf(['service', 'reader'])).toMatch(
    /^None of these checks is for that user: .*service is for bankrun\.$/,
  );
});

test('a check that the machine never reached has failed; one whose set-up failed is skipped with the reason', () => {
  const results = [{ user: 'root', check: 'start', exitCode: 0, seconds: 9 }];
  const outcomes = judge('m', ['root', 'reader', 'third'], [CHECK], results, new Set(['reader']), '/log');
  expect(outcomes.map(({ user, verdict }) => [user, verdict])).toEqual([
    ['root', 'ok'],
    ['reader', 'skipped'],
    ['third', 'FAILED'],
  ]);
  expect(tallyOf(outcomes)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  expect(tableOf(outcomes).split('\n')).toEqual([
    'm  root    start  ok       9 s by its clock; /log/root-start.log',
    'm  reader  start  skipped  its set-up failed',
    'm  third   start  FAILED   the machine never came to it: see /log/console.log',
    '1 passed, 1 failed, 1 skipped',
  ]);
});

test('a check that ended badly has failed, however it ended', () => {
  for (const exitCode of [1, 124, 137]) {
    expect(
      judge('m', ['root'], [CHECK], [{ user: 'root', check: 'start', exitCode, seconds: 1 }], new Set(), '/log'),
    ).toMatchObject([{ verdict: 'FAILED' }]);
  }
});
