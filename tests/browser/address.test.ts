import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBuiltSite } from './built-site.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';

const PONY = '/build-a-python-app-with-cockroachdb-pony.html';
const SECURE_STEP_2 = '#step-2-create-the-maxroach-user-and-bank-database';
/** The same heading in each mode. */
const SECURE_RUN = '#step-4-run-the-python-code';
const INSECURE_RUN = '#step-3-run-the-python-code';
/** A heading without a counterpart in insecure mode. */
const CERTIFICATE_STEP = '#step-3-generate-a-certificate-for-the-maxroach-user';

const modeOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['mode']);
const addressOf = (page: Page): string => new URL(page.url()).search + new URL(page.url()).hash;
const isInWindow = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .evaluate(
      (element) => element.getBoundingClientRect().bottom > 0 && element.getBoundingClientRect().top < innerHeight,
    );
const choose = (page: Page, mode: 'secure' | 'insecure'): Promise<void> =>
  page.locator(`[data-mode-label="${mode}"]`).first().click();

describe('a person opens, changes and shares an address', () => {
  const url = useBuiltSite();
  const open = useChromium();
  const visit = async (page: Page, rest = ''): Promise<void> => {
    await page.goto(`${url()}${PONY}${rest}`);
  };

  it('opens the mode in ?filters= even if the hash is of the other mode, and goes to its counterpart', async () => {
    const page = await open();
    await visit(page, `?filters=insecure${SECURE_RUN}`);
    expect(await modeOf(page)).toBe('insecure');
    await expect.poll(() => addressOf(page)).toBe(`?filters=insecure${INSECURE_RUN}`);
    await expect.poll(() => isInWindow(page, INSECURE_RUN)).toBe(true);
  });

  it('sees an address that matches the page: switching the mode replaces the hash or drops it', async () => {
    const page = await open();
    await visit(page, SECURE_RUN);
    await choose(page, 'insecure');
    expect(addressOf(page)).toBe(`?filters=insecure${INSECURE_RUN}`);
    await choose(page, 'secure');
    expect(addressOf(page)).toBe(`?filters=secure${SECURE_RUN}`);
    await visit(page, CERTIFICATE_STEP);
    await choose(page, 'insecure');
    expect(addressOf(page)).toBe('?filters=insecure');
  });

  it('goes back in history to another mode, and sees that mode', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await visit(page, '?filters=insecure');
    await page.evaluate((hash) => (location.hash = hash), SECURE_STEP_2);
    await expect.poll(() => addressOf(page)).toBe(`?filters=secure${SECURE_STEP_2}`);
    expect(await modeOf(page)).toBe('secure');
    await page.goBack();
    await expect.poll(() => modeOf(page)).toBe('insecure');
    expect(addressOf(page)).toBe('?filters=insecure');
  });

  it('switches the mode in another tab, and the address in this tab follows', async () => {
    const page = await open();
    await visit(page, `?filters=secure${SECURE_RUN}`);
    const other = await page.context().newPage();
    await visit(other);
    await choose(other, 'insecure');
    await expect.poll(() => addressOf(page)).toBe(`?filters=insecure${INSECURE_RUN}`);
    expect(await modeOf(page)).toBe('insecure');
  });

  it('copies the link to a heading, with the mode if only one shows it, and is told so', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page, '?filters=insecure');
    const link = (heading: string): Locator => page.locator(`.heading:has(${heading}) > .heading-link`);
    const opacity = (heading: string): Promise<string> =>
      link(heading).evaluate((element) => getComputedStyle(element).opacity);
    expect(await opacity(INSECURE_RUN)).toBe('0');
    await page.locator(INSECURE_RUN).hover();
    expect(await opacity(INSECURE_RUN)).toBe('1');
    await link(INSECURE_RUN).click();
    await expect
      .poll(() => link(INSECURE_RUN).evaluate((element) => getComputedStyle(element, '::after').content))
      .toBe('"Copied"');
    expect(await pasted(page)).toBe(`${url()}${PONY}?filters=insecure${INSECURE_RUN}`);
    await expect.poll(() => page.locator('[data-status]').textContent()).toContain('copied');
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Copy the link to “Best practices”' }).focus();
    expect(await opacity('#best-practices')).toBe('1');
    await page.keyboard.press('Enter');
    await expect.poll(() => pasted(page)).toBe(`${url()}${PONY}#best-practices`);
  });

  it('finds the link to a heading in the address bar when copying is not allowed', async () => {
    const page = await open();
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await visit(page);
    await page.getByRole('link', { name: 'Copy the link to “Best practices”' }).click();
    await expect.poll(() => addressOf(page)).toBe('#best-practices');
    await expect.poll(() => page.locator('[data-status]').textContent()).toContain('address bar');
  });

  it('finds the list of all pages in robots.txt', async () => {
    const robots = await (await fetch(`${url()}/robots.txt`)).text();
    const sitemap = /^Sitemap: (\S+)$/m.exec(robots)?.[1] ?? '';
    expect((await fetch(url() + new URL(sitemap).pathname)).headers.get('content-type')).toContain('xml');
    expect(robots).toMatch(/^User-agent: \*\nDisallow: \/api\/$/m);
  });
});
