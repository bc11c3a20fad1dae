import { describe, expect, it } from 'vitest';
import { writeFragment } from '../../src/share/code-link.ts';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { SITE_PAGES } from '../../commands/audit/site-pages.ts';

const SIZES = [
  [320, 700],
  [390, 844],
  [820, 1180],
  [1152, 800],
  [1440, 900],
] as const;

/** Code for a block on the first screen, and below it. */
const edits = ['install-ponyorm-1', 'run-the-python-code-1'].map((id) => ({
  id,
  originalHash: '',
  text: 'echo\n'.repeat(9),
}));
const PONY_WITH_CODE = `/build-a-python-app-with-cockroachdb-pony.html${await writeFragment({ page: 'pony', edits })}`;
const BROKEN = PONY_WITH_CODE.slice(0, -9);

describe('nothing shifts while a page loads', { timeout: 60_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it.each([
    ...SITE_PAGES,
    '/build-a-python-app-with-cockroachdb-pony.html#step-3-run-the-python-code',
    PONY_WITH_CODE,
    BROKEN,
  ])('%s, at any width', async (path) => {
    const page = await open();
    await page.addInitScript(() => {
      const shifts: Window['shifts'] = (window.shifts = []);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
          sources: { node?: Node }[];
        })[]) {
          const moved = entry.sources.map(
            ({ node }) => (node instanceof Element ? node : node?.parentElement)?.outerHTML.slice(0, 120) ?? 'gone',
          );
          if (!entry.hadRecentInput) shifts.push({ value: entry.value, moved });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // As on a slow line: the page is painted before its scripts arrive, and its fonts arrive too late.
    await page.route(/\.(js|woff2)$/, async (route) => {
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      await route.continue();
    });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      // Otherwise an address with another hash would not reload the page.
      await page.goto('about:blank');
      await page.goto(server().url + path);
      // The server's answer is the last thing that changes the page.
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle))));
      expect([width, await page.evaluate(() => window.shifts)]).toEqual([width, []]);
    }
  });
});
