import { randomBytes } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { MAX_CHARACTERS } from '../../src/share/code-link.ts';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const CLIPBOARD: BrowserContextOptions = { permissions: ['clipboard-read', 'clipboard-write'] };

describe('a link that a reader makes', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const press = async (page: Page, name: string): Promise<void> =>
    await page.getByRole('button', { name, exact: true }).click();
  const visit = async (options?: BrowserContextOptions): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open(options));
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };

  it('contains only page and mode when nothing is edited, and says when edits are too long for a link', async () => {
    const tutorial = await visit(CLIPBOARD);
    const panel = tutorial.page.locator('[data-bar-panel]');
    await tutorial.page.locator('.page-end [data-opens="share"]').click();
    await press(tutorial.page, 'Copy a link to this page');
    await tutorial.tells(/^Copied/);
    expect(await pasted(tutorial.page)).toBe(
      `${server().url}/build-a-python-app-with-cockroachdb-pony.html?filters=insecure`,
    );
    await tutorial.page.keyboard.press('Escape');
    await expect.poll(() => panel.count()).toBe(0);
    await tutorial.edit(STEP.install, randomBytes(2 * MAX_CHARACTERS).toString('hex'));
    await tutorial.page.locator('.page-end [data-opens="share"]').click();
    await expect.poll(() => panel.innerText()).toMatch(/too long for a link/);
    expect(await panel.getByRole('button').allInnerTexts()).toEqual(['Copy a link without them']);
  });

  it('is made even when Share was pressed early; if the code for it does not load, the bar says so', async () => {
    const page = await open();
    let release = (): void => undefined;
    const pressed = new Promise<void>((settle) => (release = settle));
    await page.route(/Runner.*\.js$/, async (route) => {
      await pressed;
      await route.continue();
    });
    await page.goto(`${server().url}/build-a-python-app-with-cockroachdb-pony.html`, { waitUntil: 'commit' });
    const share = page.locator('.page-end [data-opens="share"]');
    await share.click();
    expect(await share.getAttribute('aria-busy')).toBe('true');
    release();
    await page.locator('[data-bar-panel]').waitFor();
    expect(await share.getAttribute('aria-busy')).toBeNull();
    const away = await visit();
    await away.page.route(/panels.*\.js$/, (route) => route.abort());
    await away.page.locator('.page-end [data-opens="share"]').click();
    await away.tells(/^The server cannot be reached\./);
  });
});
