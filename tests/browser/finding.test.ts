import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import { DIST } from '../../commands/client/dist.ts';
import { useBuiltSite } from './built-site.ts';
import { useChromium } from './chromium.ts';

const CERTIFICATE_STEP = 'step-3-generate-a-certificate-for-the-maxroach-user';
const PAGES = readdirSync(DIST).filter((file) => file.endsWith('.html'));
/** Pages that show their contents beside the text. */
const WITH_CONTENTS = PAGES.filter((file) => readFileSync(`${DIST}/${file}`, 'utf8').includes('class="contents"'));

describe('a person looks for something', () => {
  const open = useChromium();
  const url = useBuiltSite();

  const search = async (page: Page, words: string): Promise<void> => {
    await page.keyboard.press('/');
    await page.getByRole('dialog').getByRole('searchbox').fill(words);
    await page.locator('[data-search-results] a').first().waitFor();
  };

  it('opens the search with a slash, also while a mode is focused, but not while typing', async () => {
    const page = await open();
    await page.goto(`${url()}/build-a-python-app-with-cockroachdb-pony.html?filters=insecure`);
    await page.locator('.mode-filter input:checked').focus();
    await page.keyboard.press('/');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox').press('/');
    expect(await dialog.getByRole('searchbox').inputValue()).toBe('/');
  });

  it('finds what only one mode shows, and is led there from the other mode', async () => {
    const page = await open();
    await page.goto(`${url()}/?filters=insecure`);
    await search(page, 'client certificate maxroach');
    await page.locator(`[data-search-results] a[href$="pony.html?filters=secure#${CERTIFICATE_STEP}"]`).click();
    await page.waitForURL(`**/*pony.html?filters=secure#${CERTIFICATE_STEP}`);
    expect(await page.evaluate(() => document.documentElement.dataset['mode'])).toBe('secure');
    await expect
      .poll(() =>
        page
          .locator(`#${CERTIFICATE_STEP}`)
          .evaluate((heading) => Math.abs(heading.getBoundingClientRect().top) < innerHeight / 2),
      )
      .toBe(true);
  });

  it('walks through the results with the keyboard, and returns to the page with Escape', async () => {
    const page = await open();
    await page.goto(`${url()}/transactions.html`);
    await search(page, 'retry');
    await page.keyboard.press('ArrowDown');
    expect(
      await page
        .locator('[data-search-results] a')
        .first()
        .evaluate((link) => link === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('searchbox').evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('shows the best results first, and more when asked, by keyboard too', async () => {
    const page = await open();
    await page.goto(`${url()}/`);
    await search(page, 'cockroach');
    const results = page.locator('[data-search-results] a');
    const before = await results.count();
    const more = page.getByRole('button', { name: 'Show more' });
    expect(await page.locator('[data-search-status]').innerText()).toContain('At least');
    await results.last().focus();
    await page.keyboard.press('ArrowDown');
    expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => results.count()).toBeGreaterThan(before);
    expect(await page.evaluate(() => document.activeElement?.matches('[data-search-results] a'))).toBe(true);
    while ((await more.count()) > 0) await more.click();
    await expect.poll(() => page.locator('[data-search-status]').innerText()).not.toContain('At least');
  });

  it.each(['漢字', 'xqzvw', 'accounxyz', 'retry xqzvw'])('is told when nothing is found, as for %s', async (words) => {
    const page = await open();
    await page.goto(`${url()}/`);
    await search(page, 'retry');
    await page.getByRole('searchbox').fill(words);
    await expect.poll(() => page.locator('[data-search-status]').innerText()).toBe(`Nothing found for “${words}”.`);
    expect(await page.locator('[data-search-results] a').count()).toBe(0);
  });

  it('finds the parts of hyphenated words', async () => {
    const page = await open();
    await page.goto(`${url()}/`);
    await search(page, 'cockroach-sql');
    expect(await page.locator('[data-search-results] a[href*="/cockroach-sql.html"]').count()).toBeGreaterThan(0);
  });

  it('sees results of the current mode first, and a label on those that only one mode shows', async () => {
    const page = await open();
    for (const [mode, other] of [
      ['secure', 'insecure'],
      ['insecure', 'secure'],
    ] as const) {
      await page.goto(`${url()}/?filters=${mode}`);
      await search(page, 'sslmode');
      const found = await page
        .locator('[data-search-results] a')
        .evaluateAll((links) =>
          links.map((link) => [link.getAttribute('href') ?? '', link.querySelector('.mode-tag')?.textContent ?? '']),
        );
      const firstOfOther = found.findIndex(([href]) => href?.includes(`filters=${other}`));
      expect(found.slice(0, firstOfOther === -1 ? undefined : firstOfOther).length).toBeGreaterThan(3);
      expect(
        found
          .slice(firstOfOther === -1 ? found.length : firstOfOther)
          .filter(([href]) => !href?.includes(`filters=${other}`)),
      ).toEqual([]);
    }
    await search(page, 'create-client maxroach');
    const places = page.locator(`[data-search-results] a[href*="filters=secure#${CERTIFICATE_STEP}"]`);
    await expect.poll(() => places.count()).toBeGreaterThan(2);
    expect(new Set(await places.locator('.mode-tag').allTextContents())).toEqual(new Set(['Secure']));
    expect(await places.locator('.mode-tag').count()).toBe(await places.count());
  });

  it('presses an entry of the contents, which does not move until the press ends', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await page.goto(`${url()}/secure-a-cluster.html`);
    const entries = page.locator('.contents a:visible');
    const marked = page.locator('.contents a[aria-current]');
    await entries.nth(-2).click();
    await expect.poll(() => marked.innerText()).toBe(await entries.nth(-2).innerText());
    await entries.nth(-3).hover();
    await page.mouse.down();
    const frames = (): Promise<unknown> =>
      page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle))));
    await frames();
    expect(await marked.innerText()).toBe(await entries.nth(-2).innerText());
    await page.mouse.up();
    await expect.poll(() => marked.innerText()).toBe(await entries.nth(-3).innerText());
  });

  it('has folded contents on a small screen and open ones on a wide one, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const small = await open({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
      await small.goto(`${url()}/${WITH_CONTENTS[0]}`);
      expect(await small.locator('.contents a:visible').count()).toBe(0);
      await small.locator('.contents summary').click();
      expect(await small.locator('.contents a:visible').count()).toBeGreaterThan(2);
      const wide = await open({ javaScriptEnabled, viewport: { width: 1280, height: 720 } });
      await wide.goto(`${url()}/${WITH_CONTENTS[0]}`);
      expect(await wide.locator('.contents a:visible').count()).toBeGreaterThan(2);
    }
  });

  it.each(WITH_CONTENTS)(
    '%s marks the entry of the section that is read, up to the end of the page, in both modes',
    async (file) => {
      const page = await open({ reducedMotion: 'reduce' });
      for (const mode of MODES) {
        await page.goto(`${url()}/${file}?filters=${mode}`);
        const entries = page.locator('.contents a:visible');
        const marked = page.locator('.contents a[aria-current]');
        for (const entry of await entries.all()) {
          const heading = await entry.getAttribute('href');
          await entry.click();
          await expect
            .poll(() => marked.evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
            .toEqual([heading]);
        }
        await page.mouse.move(640, 450);
        await page.mouse.wheel(0, -100_000);
        await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
        await expect.poll(() => marked.innerText()).toBe(await entries.first().innerText());
        await page.mouse.wheel(0, 100_000);
        await expect.poll(() => marked.innerText()).toBe(await entries.last().innerText());
      }
    },
  );
});
