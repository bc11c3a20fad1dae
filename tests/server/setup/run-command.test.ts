import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../server/setup/run-command.mjs';
import { runCheck } from '../../support/check.ts';
import { FOR_EVER, isAlive, Scripts } from './scripts.ts';

/** Generous enough never to decide an outcome. */
const AMPLE_MS = 50_000;

let scripts: Scripts;
beforeEach(() => {
  scripts = new Scripts();
});
afterEach(() => scripts.remove());

test('a wrapper script whose program hangs is ended with that program, and says so', async () => {
  const wrapper = scripts.write('cockroach', `${scripts.start(FOR_EVER, 'program')}\nwait`);
  const { ok, why } = await runCommand(wrapper, ['version'], { timeoutMs: 500 });
  expect({ ok, why }).toEqual({ ok: false, why: 'no end after 0.5 s, so it was ended' });
  await scripts.ended('program');
});

test('a program that ignores TERM is ended with KILL', async () => {
  const deaf = scripts.write('deaf', `trap '' TERM\n${scripts.start(FOR_EVER, 'program')}\nwait`);
  const { ok, why } = await runCommand(deaf, [], { timeoutMs: 500 });
  expect({ ok, why }).toEqual({ ok: false, why: 'no end after 0.5 s, so it was ended' });
  await scripts.ended('program');
});

test('a process that left its command’s group may keep the pipes open without delaying the outcome', async () => {
  const late = scripts.write('late', `${scripts.start(`setsid ${FOR_EVER}`, 'stray')}\nwait`);
  expect(await runCommand(late, [], { timeoutMs: 500 })).toMatchObject({
    ok: false,
    why: 'no end after 0.5 s, so it was ended',
  });
  const stray = await scripts.pid('stray');
  expect(isAlive(stray)).toBe(true);
  const quick = scripts.write('quick', `echo said\n${scripts.start(`setsid ${FOR_EVER}`, 'second')}\nexit 3`);
  expect(await runCommand(quick, [], { timeoutMs: AMPLE_MS })).toEqual({
    ok: false,
    output: 'said\n',
    why: 'exit code 3',
  });
  expect(isAlive(await scripts.pid('second'))).toBe(true);
});

test('a command that leaves a program behind returns all its output, and the program ends with it', async () => {
  const leaver = scripts.write('leaver', `${scripts.start(FOR_EVER, 'program')}\nseq 1 2000`);
  const { ok, output, why } = await runCommand(leaver, [], { timeoutMs: AMPLE_MS });
  expect({ ok, why, end: output.slice(-10) }).toEqual({ ok: true, why: '', end: '1999\n2000\n' });
  await scripts.ended('program');
});

test('a command that cannot even be started is an outcome, not an exception', async () => {
  expect(await runCommand('true', ['\0'], { timeoutMs: AMPLE_MS })).toMatchObject({
    ok: false,
    why: expect.stringMatching(/could not be started/),
  });
});

test('a command gets its input, and need not read it', async () => {
  expect(await runCommand('cat', [], { timeoutMs: AMPLE_MS, input: 'SELECT 1' })).toEqual({
    ok: true,
    output: 'SELECT 1',
    why: '',
  });
  expect((await runCommand('true', [], { timeoutMs: AMPLE_MS, input: 'x'.repeat(1_000_000) })).why).toBe('');
});

test('a hanging check of the project is ended too, with what it started', async () => {
  const check = scripts.write('check', `echo checking\n${scripts.start(FOR_EVER, 'program')}\nwait`);
  const outcome = await runCheck(scripts.folder, { name: 'types', command: [check] }, 500);
  expect(outcome).toMatchObject({ ok: false, output: 'checking\n\nno end after 0.5 s, so it was ended' });
  await scripts.ended('program');
});
