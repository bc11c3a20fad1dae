import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVitest } from 'vitest/node';
import { lastLine, TallyReporter } from './report.ts';

// Inside the project, so that Vitest is found from there.
const folder = resolve(import.meta.dirname, '../../.bankrun', `report-test-${process.pid}`);

const FILES = {
  'plain.test.mjs': `
    import { expect, test } from 'vitest';
    test('passes', ({ task }) => void (task.meta.checked = { steps: 2 }));
    test('passes too', ({ task }) => void (task.meta.checked = { steps: 3 }));
    test('fails', () => expect(1).toBe(2));
    test('has a reason to be skipped', (context) => context.skip('the moon is full'));
    test('skips itself without one', (context) => context.skip());
    test.skip('has none', () => {});`,
  'unloadable.test.mjs': "import './no-such-file.mjs';",
  'hook.test.mjs': `
    import { beforeAll, describe, test } from 'vitest';
    describe('suite', () => {
      beforeAll(() => { throw new Error('no server'); });
      test('never runs', () => {});
      describe('inner', () => test('never runs either', () => {}));
    });`,
  'empty.test.mjs': '// Nobody has written its tests yet.',
  'emptied.test.mjs': `
    import { describe, test } from 'vitest';
    describe('suite', () => test.each([])('of no cases', () => {}));`,
  'unhandled.test.mjs': `
    import { test } from 'vitest';
    test('passes, and leaves a rejection', async () => {
      void Promise.reject(new Error('nobody waits for me'));
      await new Promise((done) => setTimeout(done, 20));
    });`,
};

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the last line is the tally', () => {
  expect(lastLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
});

async function reportOf(reasonOfRun?: string): Promise<TallyReporter> {
  const reporter = new TallyReporter(reasonOfRun);
  const { exitCode } = process;
  const vitest = await startVitest('test', [], {
    root: folder,
    config: false,
    watch: false,
    include: ['*.test.mjs'],
    reporters: [reporter],
  });
  await vitest.close();
  process.exitCode = exitCode;
  return reporter;
}

describe('everything that went wrong is counted', () => {
  test('skipped tests give their reason, which may be that of the whole run', async () => {
    const reporter = await reportOf('there is no sandbox');
    // Failures: a test, a file, a hook, a rejection, a file without tests, a suite without tests and its file.
    expect(reporter.tally).toEqual({ passed: 3, failed: 7, skipped: 5 });
    expect(reporter.skippedLines().sort()).toEqual([
      '  hook.test.mjs: suite > inner > never runs either',
      '  hook.test.mjs: suite > never runs',
      '  plain.test.mjs: has a reason to be skipped',
      '  plain.test.mjs: has none',
      '  plain.test.mjs: skips itself without one',
      'Skipped, because the moon is full:',
      'Skipped, because there is no sandbox:',
      'Skipped, because what prepares them failed:',
    ]);
  });

  test('a skipped test without a reason has failed, and is reported by name', async () => {
    const reporter = await reportOf();
    expect(reporter.tally).toEqual({ passed: 3, failed: 9, skipped: 3 });
    const lines = reporter.skippedLines();
    expect(lines.slice(-3, -2)).toEqual([
      "Failed, because they were skipped without a reason (`context.skip('…')` gives one):",
    ]);
    expect(lines.slice(-2).sort()).toEqual([
      '  plain.test.mjs: has none',
      '  plain.test.mjs: skips itself without one',
    ]);
  });
});

test('a file that did not run has failed, and what tests report as checked is added up', async () => {
  const reporter = await reportOf();
  const { failed } = reporter.tally;
  expect(reporter.missing(['plain.test.mjs', 'no-such.test.mjs'])).toEqual(['no-such.test.mjs']);
  expect(reporter.tally.failed).toBe(failed + 1);
  expect(reporter.checkedWords()).toMatch(/^\d test files, 5 steps$/);
});
