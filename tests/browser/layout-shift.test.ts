import { describe, expect, it } from 'vitest';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { SITE_PAGES } from './site-pages.ts';

const VIEWS = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

/** What moved on a page by itself, and how much, as browsers tell it. */
interface Shift {
  value: number;
  moved: string[];
}

describe('nothing moves by itself while a page comes', { timeout: 60_000 }, () => {
  const { server } = useServer({ INSTANCE: 'browser' });
  const open = useChromium();

  it.each(SITE_PAGES.flatMap((path) => VIEWS.map((viewport) => ({ path, viewport, width: viewport.width }))))('$path, $width wide', async ({ path, viewport }) => {
    const page = await open({ viewport });
    await page.addInitScript(() => {
      const shifts: Shift[] = ((window as unknown as { shifts: Shift[] }).shifts = []);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Node }[] })[]) {
          const moved = entry.sources.map(({ node }) => ((node instanceof Element ? node : node?.parentElement)?.outerHTML.slice(0, 120) ?? 'gone'));
          if (!entry.hadRecentInput) shifts.push({ value: entry.value, moved });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(server().url + path);
    // What the page learns from the server changes it last.
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle))));
    expect(await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts)).toEqual([]);
  });
});
