import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { scriptsOf } from '../support/page-scripts.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { complaintsOf } from './complaints.ts';
import { SITE_PAGES } from '../../commands/audit/site-pages.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

/** Returns the site's own scripts that a page has loaded so far. */
const loadedScripts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/_astro/') && path.endsWith('.js')),
  );

describe('the site keeps to its own policies', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it.each(SITE_PAGES)(
    '%s, in both modes and themes, with its search, and loads no script before it is needed',
    async (path) => {
      const page = await open();
      const complaints = await complaintsOf(page, server().url);
      await page.goto(server().url + path);
      expect((await loadedScripts(page)).toSorted()).toEqual([...scriptsOf(await page.content())].toSorted());
      await page.locator('[data-theme-toggle]').click();
      if ((await page.locator('[data-mode-label]').count()) > 0)
        await page.locator('[data-mode-label="insecure"]').first().click();
      await page.locator('[data-search-open]').click();
      await page.locator('[data-search] input').fill('cluster');
      await expect.poll(() => page.locator('[data-search-results] a').count()).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(withoutSandbox)('a tutorial that is run, edited and copied', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const complaints = await complaintsOf(page, server().url);
    const tutorial = new TutorialPage(page);
    await tutorial.visit(server().url, 'insecure');
    await tutorial.edit(STEP.install, 'echo edited; python3 -c "1/0"');
    await tutorial.button(STEP.install, 'copy').click();
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /Failed after[^]*ZeroDivisionError/);
    await expect.poll(() => tutorial.button(STEP.install, 'run').innerText()).toBe('Run');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.shows(STEP.createUser.insecure, /./);
    expect(complaints).toEqual([]);
  });

  it('would be caught violating them', async () => {
    const page = await open();
    const complaints = await complaintsOf(page, server().url);
    await page.goto(server().url);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<p style="color: red">x</p><img src="https://elsewhere.test/x.png">',
      );
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.head.append(script);
    });
    await expect
      .poll(() => complaints.join('\n'))
      .toMatch(/style-src-attr refused inline[^]*script-src-elem refused inline/);
    await expect.poll(() => complaints.join('\n')).toContain('img-src refused https://elsewhere.test/x.png');
    expect(await page.evaluate(() => 'ranInline' in window)).toBe(false);
  });
});
