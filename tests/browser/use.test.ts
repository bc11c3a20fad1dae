import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { valueOf } from '../server/metrics/samples.ts';
import { useOwnServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { TerminalPage } from './terminal-page.ts';
import { STEP } from './tutorial-page.ts';

const COUNT = { page: 'pony', step: STEP.count };

describe.skipIf(withoutSandbox)('authors see', { timeout: 180_000 }, () => {
  const { server } = useOwnServer({ METRICS_ADDRESS: '127.0.0.1:0', WARM_PER_MODE: '0' });
  const open = useChromium();
  const scrape = async (): Promise<string> => {
    const [, url = ''] = /^Metrics are at (\S+)$/m.exec(server().log()) ?? [];
    return await (await fetch(url)).text();
  };
  const counted = (text: string, labels: Record<string, string>): number | undefined =>
    valueOf(text, 'bankrun_steps_total', { edited: 'false', ...labels });
  /** Without what gives a browser away that a program uses. */
  const asPerson = async (): Promise<Page> => {
    const page = await open();
    await page.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { value: false }));
    return page;
  };
  const visit = async (page: Page): Promise<TerminalPage> => {
    const tutorial = new TerminalPage(page);
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };

  it('what was pressed, what the page ran for it, what was edited and failed, without readers’ words', async () => {
    const before = await scrape();
    expect(counted(before, { ...COUNT, by: 'pressed', outcome: 'done' })).toBe(0);
    const tutorial = await visit(await asPerson());
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);
    await tutorial.edit(STEP.count, 'SELECT my_secret;');
    await tutorial.press(STEP.count);
    await tutorial.shows(STEP.count, /Failed after/);
    const after = await scrape();
    expect(counted(after, { ...COUNT, by: 'pressed', outcome: 'done' })).toBe(1);
    expect(counted(after, { page: 'pony', step: STEP.install, by: 'page', outcome: 'done' })).toBe(1);
    const edited = { ...COUNT, by: 'pressed', edited: 'true', outcome: 'failed-step' };
    expect(valueOf(after, 'bankrun_steps_total', edited)).toBe(1);
    expect(counted(after, { by: 'unknown' })).toBeUndefined();
    expect(after).not.toContain('my_secret');
    expect(valueOf(after, 'bankrun_page_views_total', { page: 'pony' })).toBe(1);
  });

  it('what a program pressed under a name of its own', async () => {
    const tutorial = await visit(await open());
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    const labels = { page: 'pony', step: STEP.install, outcome: 'done' };
    expect(counted(await scrape(), { ...labels, by: 'robot' })).toBe(1);
    expect(counted(await scrape(), { ...labels, by: 'pressed' })).toBe(0);
  });

  it('which terminals were opened, once each, and for which step', async () => {
    const tutorial = await visit(await asPerson());
    const opened = async (step: string): Promise<number | undefined> =>
      valueOf(await scrape(), 'bankrun_terminals_opened_total', { page: 'pony', step });
    await tutorial.openTerminal();
    await tutorial.page.reload();
    await tutorial.screenShows(/\$\s*$/);
    expect(await opened('none')).toBe(1);
    const shell = 'create-the-maxroach-user-and-bank-database-insecure-1';
    await tutorial.press(shell);
    await tutorial.screenShows(/root@localhost/);
    expect(await opened(shell)).toBe(1);
  });
});
