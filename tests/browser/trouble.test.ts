import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { layLine, type BreakableLine } from './breakable-line.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

/** One slot, so that it can be taken; short limits, so that they can be met. */
const SERVER = { MAX_SLOTS: '1', WARM_PER_MODE: '0', STEP_SECONDS: '4', OUTPUT_KIB: '64' };
const NUMBERS = 'for i in 1 2 3 4 5 6 7 8 9 10; do echo line $i; sleep 0.3; done';

describe.skipIf(withoutSandbox)('a person meets trouble', { timeout: 120_000 }, () => {
  const { server, reader } = useServer(SERVER);
  const open = useChromium();
  let line: BreakableLine;
  let page: Page;
  let tutorial: TutorialPage;

  beforeEach(async () => {
    line = await layLine(server().url);
    page = await open();
    tutorial = new TutorialPage(page);
    await tutorial.visit(line.url, 'insecure');
  });

  /** The one slot is for the next test again. */
  afterEach(async () => {
    line.mend();
    const ids = await page.evaluate(() =>
      Object.values(localStorage).flatMap((value) => /"sandbox":"(\w+)"/.exec(String(value))?.[1] ?? []),
    );
    // Else the page may see its cluster go, and claim the next one.
    await Promise.all(
      page
        .context()
        .pages()
        .map((each) => each.close()),
    );
    for (const id of new Set(ids)) await page.request.delete(`${line.url}/api/sandboxes/${id}`);
    await line.close();
  });

  const run = async (command: string): Promise<void> => {
    await tutorial.edit(STEP.install, command);
    await tutorial.press(STEP.install);
  };
  /** The reader's cluster ends by a statement of theirs, and another reader takes its slot. Gives what frees that. */
  const loseToAnother = async (step: string): Promise<() => Promise<void>> => {
    await tutorial.edit(step, "SELECT crdb_internal.force_panic('enough')");
    await tutorial.press(step);
    await tutorial.shows(step, /What was done in it is lost/);
    const other = reader();
    const { id } = await vi.waitUntil(() => other.claim('insecure').catch(() => undefined), {
      timeout: 30_000,
      interval: 200,
    });
    const free = (): Promise<void> => other.reset(id);
    onTestFinished(free);
    return free;
  };
  const remedy = (name: string): Promise<void> =>
    tutorial.result(STEP.install).getByRole('button', { name, exact: true }).click();

  it('a connection that breaks in the middle, twice, loses no line and doubles none', async () => {
    await run(NUMBERS);
    await tutorial.shows(STEP.install, /line 2/);
    line.cut();
    await tutorial.shows(STEP.install, /line 6/);
    line.cut();
    await tutorial.shows(STEP.install, /Done in/);
    expect(await tutorial.lines(STEP.install)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 1}`));
  });

  it('a server that is away for a while: the page says so, and then shows the rest', async () => {
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

  it('all slots taken: waits and says so, can be left, and goes on by itself when one is free', async () => {
    const other = reader();
    const { id } = await other.claim('insecure');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /Waiting; the next try is in \d+ s/);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /You stopped it before it began/);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /Waiting; the next try is in \d+ s/);
    await other.reset(id);
    await tutorial.shows(STEP.install, /Requirement already satisfied/);
  });

  it('a cluster that is gone: says so and what is lost, marks what was done, and offers a new one', async () => {
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

  it('a cluster that the reader’s own statement ended: the sentence of the server, and a new one', async () => {
    const step = STEP.createUser.insecure;
    await tutorial.edit(step, "SELECT crdb_internal.force_panic('enough')");
    await tutorial.press(step);
    await tutorial.shows(step, /a statement or command of yours stopped it.* What was done in it is lost/);
    await tutorial.tells(/^Your cluster is gone/);
    await expect.poll(() => tutorial.cluster.innerText()).toContain('stopped it');
    await tutorial.cluster.getByRole('button', { name: 'New cluster' }).click();
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).toContain('Your cluster is ready');
    await tutorial.edit(step, 'SELECT 1 AS one');
    await tutorial.press(step);
    await tutorial.ends(step);
  });

  it('all slots taken: “New cluster” waits and says so, can be left, and goes on by itself with a Run that was pressed meanwhile', async () => {
    const step = STEP.createUser.insecure;
    const free = await loseToAnother(step);
    await page.evaluate(() => {
      const said = ((window as unknown as { said: string[] }).said = []) as string[];
      const status = document.querySelector('[data-status]')!;
      new MutationObserver(() => status.textContent && said.push(status.textContent)).observe(status, {
        childList: true,
      });
    });
    const bar = (name: string): Locator => tutorial.cluster.getByRole('button', { name, exact: true });
    const untilNext = async (): Promise<number> =>
      Number(
        /All clusters of this server are in use\. Waiting; the next try is in (\d+) s/.exec(
          await tutorial.cluster.innerText(),
        )?.[1],
      );

    await bar('New cluster').click();
    await expect.poll(untilNext, { timeout: 30_000 }).toBeGreaterThan(3);
    const first = await untilNext();
    await expect.poll(untilNext, { timeout: 30_000 }).toBeLessThan(first - 1);
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said).toEqual(['All clusters of this server are in use. Waiting; it goes on by itself.']);
    await bar('Stop waiting').click();
    await tutorial.tells(/^You stopped waiting/);
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).toContain('stopped it');

    await bar('New cluster').click();
    await expect.poll(untilNext, { timeout: 30_000 }).toBeGreaterThan(0);
    await tutorial.edit(step, 'SELECT 1 AS one');
    await tutorial.press(step);
    await tutorial.shows(step, /Waiting; the next try is in \d+ s/);
    await free();
    await tutorial.ends(step);
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).toContain('Your cluster is ready');
    expect([await bar('New cluster').count(), await bar('Stop waiting').count()]).toEqual([0, 0]);
  });

  it('all slots taken: a Run that waits together with “New cluster” goes on when that is left', async () => {
    const step = STEP.createUser.insecure;
    const free = await loseToAnother(step);
    await tutorial.cluster.getByRole('button', { name: 'New cluster' }).click();
    await tutorial.edit(step, 'SELECT 1 AS one');
    await tutorial.press(step);
    await tutorial.cluster.getByRole('button', { name: 'Stop waiting' }).click();
    await tutorial.shows(step, /Waiting; the next try is in \d+ s/);
    expect(await tutorial.cluster.innerText()).toMatch(/Waiting; the next try is in \d+ s/);
    await free();
    await tutorial.ends(step);
  });

  it('a server that is away when a new cluster is wanted: says so, and the next try is for a new one too', async () => {
    const sandbox = (): Promise<unknown> =>
      page.evaluate(
        () =>
          Object.entries(localStorage).flatMap(([key, value]) =>
            key.endsWith(':insecure') ? [(JSON.parse(String(value)) as { sandbox?: string }).sandbox] : [],
          )[0],
      );
    await run('exit 3');
    // The step is done a little before its run is: what the cluster holds comes between.
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

  it('names the limit of time', async () => {
    await run('echo begun; sleep 60');
    await tutorial.shows(STEP.install, /after 4 seconds, the limit for one step/);
    await tutorial.shows(STEP.install, /^Time limit reached/m);
    await tutorial.tells(/^Time limit reached/);
  });

  it('names the limit of output', async () => {
    await run('yes');
    await tutorial.shows(STEP.install, /more than 64 KiB, the limit for one run/);
    await tutorial.shows(STEP.install, /^Output limit reached/m);
    await tutorial.tells(/^Output limit reached/);
  });

  it('a press on another step while one runs says why it does nothing', async () => {
    await run('echo begun; sleep 2');
    await tutorial.shows(STEP.install, /begun/);
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.shows(STEP.createUser.insecure, /A step is running already/);
    await tutorial.ends(STEP.install);
    await expect.poll(() => tutorial.result(STEP.createUser.insecure).innerText()).toBe('');
  });

  it('a press on a long file while a step runs says so where it is seen: in the bar too', async () => {
    await run('echo begun; sleep 2');
    await tutorial.shows(STEP.install, /begun/);
    await tutorial.press(STEP.sample.insecure);
    await expect.poll(() => tutorial.cluster.innerText()).toContain('A step is running already');
    expect(await tutorial.result(STEP.sample.insecure).innerText()).toContain('A step is running already');
    await tutorial.ends(STEP.install);
  });

  it('a press before the page’s script has come is kept, and done when it has', async () => {
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

  it('says so when the cluster also holds what was done on another page', async () => {
    await page.goto(`${line.url}/build-a-python-app-with-cockroachdb.html?filters=insecure`);
    const first = page.locator('figure[data-step] [data-action="run"]:visible').first();
    await first.click();
    await expect
      .poll(() => page.locator('[data-result]:visible').first().innerText(), { timeout: 60_000 })
      .toMatch(/Done in/);
    await tutorial.visit(line.url, 'insecure');
    expect(await tutorial.cluster.innerText()).not.toContain('another page');
    // A first event on a page carries no movement; hands make many.
    await page.mouse.move(1, 1);
    await tutorial.button(STEP.install, 'run').hover();
    await expect.poll(() => tutorial.cluster.innerText()).toContain('also holds what was done on another page');
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
