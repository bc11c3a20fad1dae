import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunningServer } from '../../commands/client/server.ts';
import { startTestServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

/** The page asks the server every 1.5 s. */
const WATCH = { timeout: 30_000, interval: 100 };
const SERVER = { MAX_SLOTS: '1', WARM_PER_MODE: '0' };

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startTestServer({ ...SERVER, ...env });
  onTestFinished(() => server.stop());
  return server;
}

/** Answers the page's questions whether the server can be reached as it did last. */
async function noticesNothing(page: Page): Promise<void> {
  const response = await page.waitForResponse('**/api/health');
  const json: unknown = await response.json();
  await page.route('**/api/health', (route) => route.fulfill({ json }));
}

describe.skipIf(withoutSandbox)('a server that starts again', { timeout: 240_000 }, () => {
  const open = useChromium();

  it('no longer knows its readers’ cookies: the page says that the cluster is gone, and gets a new one', async () => {
    const step = STEP.createUser.insecure;
    const first = await start();
    const page = await open();
    const tutorial = new TutorialPage(page);
    const cookies = async (): Promise<string[]> =>
      (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
    await tutorial.visit(first.url, 'insecure');
    await tutorial.press(step);
    await tutorial.ends(step);
    const [before] = await cookies();
    // A page that notices meanwhile that the server is away looks for its cluster: then the bar says that it is gone.
    await noticesNothing(page);
    await first.kill();

    await start({ PORT: new URL(first.url).port });
    await tutorial.press(step);
    await tutorial.shows(step, /What was done in it is lost/);
    await tutorial.result(step).getByRole('button', { name: 'Run again in a new cluster' }).click();
    await tutorial.ends(step);
    const after = await cookies();
    expect(after).toHaveLength(1);
    expect(after).not.toContain(before);
    await page.reload();
    await tutorial.press(step);
    await tutorial.ends(step);
  });

  it('while the page watches: the bar says that the cluster is gone', async () => {
    const first = await start();
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(first.url, 'insecure');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
    await first.kill();
    await expect.poll(() => tutorial.cluster.innerText(), WATCH).toContain('cannot be reached');

    await start({ PORT: new URL(first.url).port });
    await expect.poll(() => tutorial.cluster.innerText(), WATCH).toMatch(/What was done in it is lost/);
  });

  it('in the middle of a run: the pressed step says so too, even when an earlier step was running', async () => {
    const first = await start();
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(first.url, 'insecure');
    await tutorial.edit(STEP.install, 'echo begun; sleep 100');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.shows(STEP.install, /begun/);
    await first.kill();

    await start({ PORT: new URL(first.url).port });
    await tutorial.shows(
      STEP.createUser.insecure,
      /It had reached step 1, echo begun.* The server no longer knows this run/,
    );
    await tutorial.result(STEP.createUser.insecure).getByRole('button', { name: 'Show step 1' }).click();
    await expect
      .poll(() => tutorial.button(STEP.install, 'run').evaluate((button) => document.activeElement === button))
      .toBe(true);
  });
});
