import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withoutSandbox } from '../support/shared-server.ts';
import type { BreakableLine } from './breakable-line.ts';
import { useTroubledPage } from './troubled-page.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const NUMBERS = 'for i in 1 2 3 4 5 6 7 8 9 10; do echo line $i; sleep 0.3; done';

describe.skipIf(withoutSandbox)('a person runs into trouble', { timeout: 120_000 }, () => {
  let line: BreakableLine;
  let page: Page;
  let tutorial: TutorialPage;
  useTroubledPage((troubled) => ({ line, page, tutorial } = troubled));

  const run = async (command: string): Promise<void> => {
    await tutorial.edit(STEP.install, command);
    await tutorial.press(STEP.install);
  };
  const remedy = (name: string): Promise<void> =>
    tutorial.result(STEP.install).getByRole('button', { name, exact: true }).click();

  it('a connection that breaks in the middle, twice, loses no line and repeats none', async () => {
    await run(NUMBERS);
    await tutorial.shows(STEP.install, /line 2/);
    line.cut();
    await tutorial.shows(STEP.install, /line 6/);
    line.cut();
    await tutorial.shows(STEP.install, /Done in/);
    expect(await tutorial.lines(STEP.install)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 1}`));
  });

  it('a server that is away for a while: the page says so, and later shows the rest', async () => {
    await run(NUMBERS);
    await tutorial.shows(STEP.install, /line 2/);
    line.take();
    await tutorial.shows(STEP.install, /The connection broke; getting the rest/);
    line.mend();
    await tutorial.shows(STEP.install, /Done in/);
    expect(await tutorial.lines(STEP.install)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 1}`));
  });

  it('a server that is away before the press: says what can be done, and the page stays readable', async () => {
    line.take();
    await tutorial.press(STEP.install);
    await tutorial.shows(
      STEP.install,
      /The server cannot be reached\. You can read on, and copy or download the code\./,
    );
    await tutorial.tells(/cannot be reached/);
    expect(await tutorial.figure(STEP.sample.insecure).locator('pre').first().innerText()).toContain(
      'Open 100 accounts',
    );
    line.mend();
    await remedy('Try again');
    await tutorial.shows(STEP.install, /Requirement already satisfied/);
  });

  it('a cluster that is gone: the page says what is lost, marks finished steps, and offers a new one', async () => {
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
    const id = await page.evaluate(
      () => /"sandbox":"(\w+)"/.exec(JSON.stringify(Object.values(localStorage)).replaceAll('\\', ''))?.[1],
    );
    await page.request.delete(`${line.url}/api/sandboxes/${id}`);
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.shows(STEP.createUser.insecure, /What was done in it is lost/);
    await expect.poll(() => tutorial.result(STEP.install).innerText()).toContain('This ran in a cluster that is gone');
    await tutorial.result(STEP.createUser.insecure).getByRole('button', { name: 'Run again in a new cluster' }).click();
    await tutorial.ends(STEP.createUser.insecure);
    expect(await tutorial.result(STEP.install).innerText()).not.toContain('gone');
  });

  it('a cluster that the reader’s own statement ended: the page says so, and offers a new one', async () => {
    const step = STEP.createUser.insecure;
    await tutorial.edit(step, "SELECT crdb_internal.force_panic('enough')");
    await tutorial.press(step);
    await tutorial.shows(step, /one of your statements or commands stopped it.* What was done in it is lost/);
    await tutorial.tells(/^Your cluster is gone/);
    await expect.poll(() => tutorial.cluster.innerText()).toContain('stopped it');
    await tutorial.cluster.getByRole('button', { name: 'New cluster' }).click();
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).toContain('Your cluster is ready');
    await tutorial.edit(step, 'SELECT 1 AS one');
    await tutorial.press(step);
    await tutorial.ends(step);
  });

  it('a server that is away when a new cluster is wanted: the page says so, and a retry asks for one', async () => {
    const sandbox = (): Promise<unknown> =>
      page.evaluate(
        () =>
          Object.entries(localStorage).flatMap(([key, value]) =>
            key.endsWith(':insecure') ? [(JSON.parse(String(value)) as { sandbox?: string }).sandbox] : [],
          )[0],
      );
    await run('exit 3');
    // The step is done a little before its run: in between, the run reports what the cluster holds.
    await tutorial.shows(STEP.install, /Run again in a new cluster/);
    const before = await sandbox();
    line.take();
    await remedy('Run again in a new cluster');
    await tutorial.shows(STEP.install, /The server cannot be reached/);
    expect(await sandbox()).toBe(before);
    line.mend();
    await remedy('Try again');
    await tutorial.shows(STEP.install, /exit code 3/);
    expect(await sandbox()).not.toBe(before);
  });

  it('the time limit is named', async () => {
    await run('echo begun; sleep 60');
    await tutorial.shows(STEP.install, /after 8 seconds, the limit for one step/);
    await tutorial.shows(STEP.install, /^Time limit reached/m);
    await tutorial.tells(/^Time limit reached/);
  });

  it('the output limit is named', async () => {
    await run('yes');
    await tutorial.shows(STEP.install, /more than 64 KiB, the limit for one run/);
    await tutorial.shows(STEP.install, /^Output limit reached/m);
    await tutorial.tells(/^Output limit reached/);
  });

  it('a press on another step while one is running says why it does nothing', async () => {
    await run('echo begun; sleep 2');
    await tutorial.shows(STEP.install, /begun/);
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.shows(STEP.createUser.insecure, /A step is running already/);
    await tutorial.ends(STEP.install);
    await expect.poll(() => tutorial.result(STEP.createUser.insecure).innerText()).toBe('');
  });

  it('a press on a long file while a step is running says so where it can be seen: in the bar too', async () => {
    await run('echo begun; sleep 2');
    await tutorial.shows(STEP.install, /begun/);
    await tutorial.press(STEP.sample.insecure);
    await expect.poll(() => tutorial.cluster.innerText()).toContain('A step is running already');
    expect(await tutorial.result(STEP.sample.insecure).innerText()).toContain('A step is running already');
    await tutorial.ends(STEP.install);
  });

  it('a press before the page’s script has loaded is carried out once it has', async () => {
    const slow = new TutorialPage(await page.context().newPage());
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => {
      release = settle;
    });
    await slow.page.route(/\/_astro\/.*\.js/, async (route) => {
      await held;
      await route.continue();
    });
    await slow.page.goto(`${page.url()}`, { waitUntil: 'commit' });
    await slow.press(STEP.install);
    await expect.poll(() => slow.button(STEP.install, 'run').getAttribute('aria-busy')).toBe('true');
    release();
    await slow.shows(STEP.install, /Requirement already satisfied/);
  });

  it('the page says so when the cluster also holds what was done on another page', async () => {
    await page.goto(`${line.url}/build-a-python-app-with-cockroachdb.html?filters=insecure`);
    const first = page.locator('figure[data-step] [data-action="run"]:visible').first();
    await first.click();
    await expect
      .poll(() => page.locator('[data-result]:visible').first().innerText(), { timeout: 60_000 })
      .toMatch(/Done in/);
    await tutorial.visit(line.url, 'insecure');
    expect(await tutorial.cluster.innerText()).not.toContain('another page');
    // A real pointer sends many events: some come before the page's script has loaded.
    let way = 0;
    await expect
      .poll(async () => {
        await page.mouse.move(1, (way = 1 - way));
        await tutorial.button(STEP.install, 'run').hover();
        return await tutorial.cluster.innerText();
      })
      .toContain('also holds what was done on another page');
    await tutorial.reset();
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    expect(await tutorial.cluster.innerText()).not.toContain('another page');
  });

  it('two tabs on one cluster: the second follows what the first runs, and both show what was done', async () => {
    const second = new TutorialPage(await page.context().newPage());
    await second.visit(line.url, 'insecure');
    await run('echo begun; sleep 2; echo over');
    await tutorial.shows(STEP.install, /begun/);
    await second.shows(STEP.install, /begun/);
    await expect.poll(() => second.cluster.getByRole('button', { name: /^Stop/ }).count()).toBe(1);
    await second.press(STEP.createUser.insecure);
    await second.tells(/A step is running already/);
    for (const tab of [tutorial, second]) {
      await tab.shows(STEP.install, /Done in/);
      await expect.poll(() => tab.cluster.getByRole('button', { name: /^Stop/ }).count()).toBe(0);
      expect(await tab.lines(STEP.install)).toEqual(['begun', 'over']);
    }
    await second.press(STEP.createUser.insecure);
    await second.ends(STEP.createUser.insecure);
    await tutorial.shows(STEP.createUser.insecure, /Done in/);
  });
});
