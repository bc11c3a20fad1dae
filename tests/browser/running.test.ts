import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import { textOf } from '../../shared/step.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { stepIn } from './step-in.ts';
import { pasted } from './clipboard.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('a person runs the tutorial', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (mode: 'secure' | 'insecure'): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open({ permissions: ['clipboard-read', 'clipboard-write'] }));
    await tutorial.visit(server().url, mode);
    return tutorial;
  };

  it.each(MODES)(
    'presses Run on the last statement, %s: each step streams its output, and the count is 100',
    async (mode) => {
      const tutorial = await visit(mode);
      const run = tutorial.button(STEP.count, 'run');
      await expect
        .poll(() => run.innerText())
        .toMatch(mode === 'secure' ? 'Run with 9 earlier steps' : 'Run with 8 earlier steps');
      await tutorial.press(STEP.count);
      await tutorial.shows(STEP.count, /Done in/);
      expect(await tutorial.result(STEP.count).locator('table td').allInnerTexts()).toEqual(['100']);
      expect(await tutorial.result(STEP.count).locator('table th').getAttribute('scope')).toBe('col');
      const printed = await tutorial.lines(STEP.runSample);
      expect(printed[0]).toBe('Found 0 accounts.');
      expect(printed[1]).toBe('Created 100 accounts.');
      expect(printed[2]).toMatch(/^Moved \d+ from account \d+ to account \d+\.$/);
      expect(await tutorial.result(STEP.install).innerText()).toContain('Requirement already satisfied: pony');
      await tutorial.tells(/^Done: SELECT COUNT/);
      await expect.poll(() => tutorial.cluster.innerText()).toContain('bank.accounts: 100 rows');
      await tutorial.ends(STEP.count);
      await tutorial.result(STEP.count).getByRole('button', { name: 'As the shell prints it' }).click();
      await expect
        .poll(() => tutorial.result(STEP.count).locator('pre').innerText())
        .toBe('  count\n---------\n    100\n(1 row)');
    },
  );

  it('sees which engine ran, and clearly when it is the stand-in', async () => {
    const tutorial = await visit('insecure');
    const health = (await (await fetch(`${server().url}/api/health`)).json()) as {
      engine: { name: string; version: string; standIn: boolean };
    };
    const sentence = health.engine.standIn ? 'PostgreSQL stand-in' : `${health.engine.name} ${health.engine.version}`;
    await expect.poll(() => tutorial.cluster.innerText()).toContain(sentence);
    expect((await tutorial.cluster.innerText()).includes('not CockroachDB')).toBe(health.engine.standIn);
  });

  it('does everything with the keyboard, and focus stays on the pressed button', async () => {
    const tutorial = await visit('insecure');
    const run = tutorial.button(STEP.install, 'run');
    await run.focus();
    await tutorial.page.keyboard.press('Enter');
    await tutorial.shows(STEP.install, /Done in/);
    expect(await run.evaluate((button) => document.activeElement === button)).toBe(true);
  });

  it('stops a program that does not end with the same button', async () => {
    const tutorial = await visit('insecure');
    await tutorial.edit(STEP.install, 'echo started; sleep 1000');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /started/);
    const stop = tutorial.button(STEP.install, 'run');
    expect(await stop.innerText()).toBe('Stop');
    await stop.focus();
    await tutorial.page.keyboard.press('Enter');
    await tutorial.shows(STEP.install, /You stopped it/);
    await tutorial.tells(/^Stopped: echo started/);
    await expect.poll(() => stop.innerText()).toBe('Run');
    expect(await tutorial.lines(STEP.install)).toEqual(['started']);
  });

  it('edits a step and runs it from the editor: the edit is copied, downloaded and run until Revert', async () => {
    const tutorial = await visit('insecure');
    const sample = STEP.sample.insecure;
    const published = textOf(await stepIn(tutorial.figure(sample)));
    await tutorial.press(STEP.runSample);
    await tutorial.shows(STEP.runSample, /Created 100 accounts/);
    await tutorial.edit(sample, 'print("mine <b>bold</b>")\n');
    await expect.poll(() => tutorial.result(STEP.runSample).innerText()).toContain('An earlier step has changed');
    await expect.poll(() => tutorial.button(STEP.runSample, 'run').innerText()).toBe('Run with 1 earlier step');
    await tutorial.editor(sample).press('Control+Enter');
    await tutorial.shows(STEP.runSample, /mine <b>bold<\/b>/);
    await expect.poll(() => tutorial.lines(STEP.runSample)).toEqual(['mine <b>bold</b>']);
    await tutorial.button(sample, 'edit').press('Enter');
    expect(await tutorial.button(sample, 'edit').evaluate((button) => document.activeElement === button)).toBe(true);
    await tutorial.button(sample, 'copy').click();
    await expect.poll(() => pasted(tutorial.page)).toBe('print("mine <b>bold</b>")\n');
    const [download] = await Promise.all([
      tutorial.page.waitForEvent('download'),
      tutorial.figure(sample).locator('[data-action="download"]').click(),
    ]);
    expect(download.suggestedFilename()).toBe('pony-basic-sample.py');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('print("mine <b>bold</b>")\n');
    await tutorial.page.reload();
    expect(await tutorial.figure(sample).locator('pre').first().innerText()).toContain('mine');
    await tutorial
      .figure(sample)
      .getByRole('button', { name: /Revert/ })
      .click();
    await tutorial.button(sample, 'copy').click();
    await expect.poll(() => pasted(tutorial.page)).toBe(published);
  });

  it('sees a failing program’s traceback and exit code in place, and can run again', async () => {
    const tutorial = await visit('insecure');
    await tutorial.edit(STEP.install, 'python -c "1/0"');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /ZeroDivisionError: division by zero/);
    await tutorial.shows(STEP.install, /Failed after .*, exit code 1/);
    await tutorial.tells(/^Failed:/);
    await tutorial.edit(STEP.install, 'echo fine');
    await tutorial.result(STEP.install).getByRole('button', { name: 'Run again', exact: true }).click();
    await tutorial.shows(STEP.install, /fine/);
  });

  it('resets: the cluster is gone, no step counts as done, and the next press starts over', async () => {
    const tutorial = await visit('insecure');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
    await tutorial.reset();
    expect(await tutorial.result(STEP.createUser.insecure).innerText()).toBe('');
    await expect
      .poll(() => tutorial.button(STEP.createUser.insecure, 'run').innerText())
      .toBe('Run with 2 earlier steps');
    await tutorial.press(STEP.count);
    await tutorial.shows(STEP.count, /Done in/);
    expect(await tutorial.result(STEP.count).locator('table td').allInnerTexts()).toEqual(['100']);
  });

  it('reloads and finds what was done, also in a second tab, where a running run goes on', async () => {
    const tutorial = await visit('insecure');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.shows(STEP.createUser.insecure, /Done in/);
    await tutorial.page.reload();
    await tutorial.ends(STEP.createUser.insecure);
    const second = new TutorialPage(await tutorial.page.context().newPage());
    await second.visit(server().url, 'insecure');
    await expect.poll(() => second.button(STEP.createUser.insecure, 'run').innerText()).toBe('Run');
    await second.page.close();
    await tutorial.edit(STEP.install, 'for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.4; done');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /line 2/);
    await tutorial.page.reload();
    await tutorial.shows(STEP.install, /Done in/);
    expect(await tutorial.lines(STEP.install)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `line ${number}`));
  });

  it('keeps results of the modes apart when they share a step, also while one of them runs', async () => {
    const tutorial = await visit('secure');
    await tutorial.edit(STEP.install, 'for i in 1 2 3 4 5; do echo $i; sleep 0.4; done; ls');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /1\n/);
    await tutorial.page.locator('[data-mode-label="insecure"]').first().click();
    expect(await tutorial.result(STEP.install).innerText()).toBe('');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /Done in/);
    expect(await tutorial.result(STEP.install).innerText()).not.toContain('my-safe-directory');
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    await tutorial.shows(STEP.install, /Done in/);
    expect(await tutorial.result(STEP.install).innerText()).toContain('my-safe-directory');
  });

  it('sees how long a step has really been running, also after a reload', async () => {
    const tutorial = await visit('insecure');
    const seconds = async (): Promise<number> =>
      Number(/Running… (\d+) s/.exec(await tutorial.result(STEP.install).innerText())?.[1] ?? Number.NaN);
    await tutorial.edit(STEP.install, 'sleep 20');
    await tutorial.press(STEP.install);
    await expect.poll(seconds, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
    await tutorial.page.reload();
    await tutorial.shows(STEP.install, /Running… \d+ s/);
    expect(await seconds()).toBeGreaterThanOrEqual(4);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /You stopped it/);
  });

  it('does not have to scroll sideways on a phone, with results shown', async () => {
    const tutorial = new TutorialPage(
      await open({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }),
    );
    await tutorial.visit(server().url, 'insecure');
    await tutorial.button(STEP.count, 'run').tap();
    await tutorial.shows(STEP.count, /Done in/);
    expect(await tutorial.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
});
