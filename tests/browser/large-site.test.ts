import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { useChromium } from './chromium.ts';

const SITE = 'http://large.site';
const link = (page: string): string => `<li><a href="/${page}.html">${page}</a></li>`;
const range = (letter: string): string => Array.from({ length: 30 }, (_, at) => link(`${letter}${at + 1}`)).join('');
/** A page of a large site, as `components/Sidebar.astro` makes it, with the last group open. */
const PAGE = `<!doctype html><style>.sidebar { position: relative; height: 200px; overflow: auto; }</style>
<nav class="sidebar"><details data-group="group-1"><summary><h2>A</h2></summary>
<ul><li><a href="/all-pages.html#group-1">30 pages</a></li></ul></details>
<section><ul>${range('b')}<li><a href="/c.html" aria-current="page">c</a></li></ul></section></nav>
<script type="module" src="/sidebar.js"></script>`;
const ALL =
  `<section id="group-1"><ul>${range('a')}</ul></section>` + `<section id="group-2"><ul>${range('b')}</ul></section>`;

describe('the sidebar of a large site', () => {
  const open = useChromium();
  let script = '';
  beforeAll(async () => {
    const build = await rolldown({ input: 'src/page/sidebar-groups.ts', logLevel: 'warn' });
    const { output } = await build.generate({ format: 'esm', codeSplitting: false });
    await build.close();
    script = output[0].code;
  });

  /** Opens the page; `lists` answers each request for the page with all pages. */
  const visit = async (lists: () => { status: number; body: string }): Promise<Page> => {
    const page = await open();
    await page.route(`${SITE}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/sidebar.js') await route.fulfill({ contentType: 'text/javascript', body: script });
      else await route.fulfill({ contentType: 'text/html', ...(pathname === '/c.html' ? { body: PAGE } : lists()) });
    });
    await page.goto(`${SITE}/c.html`);
    return page;
  };
  const listed = (page: Page): Promise<string[]> => page.locator('details li').allInnerTexts();

  it('shows the current page, however far down it is', async () => {
    const page = await visit(() => ({ status: 200, body: ALL }));
    const isSeen = (): Promise<boolean> =>
      page.locator('[aria-current]').evaluate((current) => {
        const [inner, outer] = [current, current.closest('nav')!].map((each) => each.getBoundingClientRect());
        return inner!.top >= outer!.top && inner!.bottom <= outer!.bottom;
      });
    await expect.poll(isSeen).toBe(true);
  });

  it('lists the pages of a group when it is opened', async () => {
    const page = await visit(() => ({ status: 200, body: ALL }));
    expect(await page.locator('details li').count()).toBe(1);
    await page.locator('summary').click();
    await expect.poll(() => listed(page)).toEqual(Array.from({ length: 30 }, (_, at) => `a${at + 1}`));
  });

  it('leaves the link to the list when it cannot be loaded, and tries again next time', async () => {
    let tries = 0;
    const page = await visit(() => ((tries += 1) === 1 ? { status: 503, body: '' } : { status: 200, body: ALL }));
    await page.locator('summary').click();
    await expect.poll(() => tries).toBe(1);
    expect(await listed(page)).toEqual(['30 pages']);
    await page.locator('summary').click();
    await page.locator('summary').click();
    await expect.poll(() => page.locator('details li').count()).toBe(30);
  });
});
