import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';

const PONY = '/build-a-python-app-with-cockroachdb-pony.html';
/** The same heading in each mode. */
const SECURE_STEP_2 = '#step-2-create-the-maxroach-user-and-bank-database';
const INSECURE_STEP_2 = '#step-2-create-the-maxroach-user-and-bank-database-1';
const SECURE_RUN = '#step-4-run-the-python-code';
const INSECURE_RUN = '#step-3-run-the-python-code';
/** A heading that the insecure mode has none like. */
const CERTIFICATE_STEP = '#step-3-generate-a-certificate-for-the-maxroach-user';

const modeOf = (page: Page): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['mode']);
const visibleContents = (page: Page): Promise<string[]> => page.locator('.contents a:visible').allInnerTexts();
const addressOf = (page: Page): string => new URL(page.url()).search + new URL(page.url()).hash;
const isInWindow = (page: Page, selector: string): Promise<boolean> =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().bottom > 0 && element.getBoundingClientRect().top < innerHeight);
const choose = (page: Page, mode: 'secure' | 'insecure'): Promise<void> => page.locator(`[data-mode-label="${mode}"]`).first().click();
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const sideways = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe('a person reads the tutorial', () => {
  const { server } = useServer({ INSTANCE: 'browser' });
  const open = useChromium();
  const visit = async (page: Page, rest = ''): Promise<void> => {
    await page.goto(`${server().url}${PONY}${rest}`);
  };

  it('finds its title and steps, and nothing claims a cluster before they show that they want one', async () => {
    const page = await open();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') asked.push(`${request.method()} ${request.url()}`);
    });
    await visit(page);
    expect(await page.locator('h1').innerText()).toBe('Build a Python App with CockroachDB and PonyORM');
    expect(await page.locator('.drivers [aria-current="page"]').innerText()).toContain('PonyORM');
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([]);
  });

  it('switches the mode with the mouse: steps, contents and address follow, and the choice is remembered', async () => {
    const page = await open();
    await visit(page);
    expect(await modeOf(page)).toBe('secure');
    expect(await visibleContents(page)).toContain('Step 4. Run the Python code');
    await choose(page, 'insecure');
    expect(await modeOf(page)).toBe('insecure');
    expect(await page.locator(SECURE_STEP_2).isVisible()).toBe(false);
    expect(await page.locator(INSECURE_STEP_2).isVisible()).toBe(true);
    expect(await visibleContents(page)).toContain('Step 3. Run the Python code');
    expect(await visibleContents(page)).not.toContain('Step 4. Run the Python code');
    expect(page.url()).toContain('filters=insecure');
    await visit(page);
    expect(await modeOf(page)).toBe('insecure');
  });

  it('switches the mode with the keyboard: one stop of Tab, arrows choose', async () => {
    const page = await open();
    await visit(page);
    await page.locator('.mode-filter input').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await modeOf(page)).toBe('insecure');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('insecure');
    await page.keyboard.press('ArrowLeft');
    expect(await modeOf(page)).toBe('secure');
  });

  it('opens the mode that ?filters= names', async () => {
    const page = await open();
    await visit(page, '?filters=insecure');
    expect(await modeOf(page)).toBe('insecure');
    expect(await page.locator('.mode-filter input[value="insecure"]').first().isChecked()).toBe(true);
  });

  it('follows a link to a heading that only the other mode shows', async () => {
    const page = await open();
    await visit(page, INSECURE_STEP_2);
    expect(await modeOf(page)).toBe('insecure');
    expect(await page.locator(INSECURE_STEP_2).isVisible()).toBe(true);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, SECURE_STEP_2);
    await expect.poll(() => modeOf(page)).toBe('secure');
    await expect.poll(() => page.locator(SECURE_STEP_2).evaluate((heading) => heading.getBoundingClientRect().top < innerHeight)).toBe(true);
  });

  it('opens the mode that ?filters= names though the hash is of the other, and is led to its counterpart', async () => {
    const page = await open();
    await visit(page, `?filters=insecure${SECURE_RUN}`);
    expect(await modeOf(page)).toBe('insecure');
    await expect.poll(() => addressOf(page)).toBe(`?filters=insecure${INSECURE_RUN}`);
    await expect.poll(() => isInWindow(page, INSECURE_RUN)).toBe(true);
  });

  it('has an address that fits what is shown: a switch of mode turns its hash into the counterpart, or drops it', async () => {
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

  it('goes back to the address of another mode, and sees that mode', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await visit(page, '?filters=insecure');
    await page.evaluate((hash) => (location.hash = hash), SECURE_STEP_2);
    await expect.poll(() => addressOf(page)).toBe(`?filters=secure${SECURE_STEP_2}`);
    expect(await modeOf(page)).toBe('secure');
    await page.goBack();
    await expect.poll(() => modeOf(page)).toBe('insecure');
    expect(addressOf(page)).toBe('?filters=insecure');
  });

  it('switches the mode in another tab, and the address here follows too', async () => {
    const page = await open();
    await visit(page, `?filters=secure${SECURE_RUN}`);
    const other = await page.context().newPage();
    await visit(other);
    await choose(other, 'insecure');
    await expect.poll(() => addressOf(page)).toBe(`?filters=insecure${INSECURE_RUN}`);
    expect(await modeOf(page)).toBe('insecure');
  });

  it('copies the link to a heading, with the mode where only that shows it, and is told so', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page, '?filters=insecure');
    const link = (heading: string): Locator => page.locator(`.heading:has(${heading}) > .heading-link`);
    const opacity = (heading: string): Promise<string> => link(heading).evaluate((element) => getComputedStyle(element).opacity);
    expect(await opacity(INSECURE_RUN)).toBe('0');
    await page.locator(INSECURE_RUN).hover();
    expect(await opacity(INSECURE_RUN)).toBe('1');
    await link(INSECURE_RUN).click();
    await expect.poll(() => link(INSECURE_RUN).evaluate((element) => getComputedStyle(element, '::after').content)).toBe('"Copied"');
    expect(await copied(page)).toBe(`${server().url}${PONY}?filters=insecure${INSECURE_RUN}`);
    await expect.poll(() => page.locator('[data-status]').textContent()).toContain('copied');
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Copy the link to “Best practices”' }).focus();
    expect(await opacity('#best-practices')).toBe('1');
    await page.keyboard.press('Enter');
    await expect.poll(() => copied(page)).toBe(`${server().url}${PONY}#best-practices`);
  });

  it('finds the link to a heading in the address bar where copying is not allowed', async () => {
    const page = await open();
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await visit(page);
    await page.getByRole('link', { name: 'Copy the link to “Best practices”' }).click();
    await expect.poll(() => addressOf(page)).toBe('#best-practices');
    await expect.poll(() => page.locator('[data-status]').textContent()).toContain('address bar');
  });

  it('sees the right mode from the first paint', async () => {
    const page = await open();
    await page.addInitScript(() => {
      localStorage.setItem('mode', 'insecure');
      const seen = ((window as unknown as { modesSeen: string[] }).modesSeen = []) as string[];
      const look = (): void => {
        if (document.body) seen.push(document.documentElement.dataset['mode'] ?? 'none');
        if (document.readyState !== 'complete') requestAnimationFrame(look);
      };
      look();
    });
    await visit(page);
    await page.waitForLoadState('load');
    const seen = await page.evaluate(() => (window as unknown as { modesSeen: string[] }).modesSeen);
    expect([...new Set(seen)]).toEqual(['insecure']);
  });

  it.each([
    ['a command', 'generate-a-certificate-for-the-maxroach-user-secure-1', 'cockroach cert create-client maxroach --certs-dir=certs --ca-key=my-safe-directory/ca.key'],
    ['a statement', 'create-the-maxroach-user-and-bank-database-secure-3', 'CREATE DATABASE bank;'],
  ])('copies %s: exactly the text to paste, without its prompt', async (_, step, text) => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page);
    const figure = page.locator(`[data-step="${step}"]`);
    expect(await figure.locator('pre').first().innerText()).toMatch(/^[$>] /);
    await figure.locator('[data-action="copy"]').click();
    await expect.poll(() => copied(page)).toBe(text);
  });

  it('copies and downloads the very file that runs', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page);
    const figure = page.locator('[data-step="run-the-python-code-secure-1"]');
    const text = (await figure.getAttribute('data-text')) ?? '';
    expect(text).toContain('sslmode');
    await figure.locator('[data-action="copy"]').click();
    await expect.poll(() => copied(page)).toBe(text);
    const [download] = await Promise.all([page.waitForEvent('download'), figure.locator('[data-action="download"]').click()]);
    expect(download.suggestedFilename()).toBe('pony-basic-sample.py');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(text);
  });

  it('has nothing to scroll sideways on a phone, and buttons that a thumb can hit', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await visit(page);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await visit(page, '?filters=insecure');
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const heights = await page.locator('.block [data-action="run"]:visible').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(3);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  });

  it('reads light on dark where the system is dark, and can choose', async () => {
    const page = await open({ colorScheme: 'dark' });
    await visit(page);
    const brightness = (): Promise<{ text: number; ground: number }> =>
      page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d')!;
        const of = (color: string): number => {
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
          return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
        };
        const style = getComputedStyle(document.body);
        return { text: of(style.color), ground: of(style.backgroundColor) };
      });
    const dark = await brightness();
    expect(dark.ground).toBeLessThan(0.2);
    expect(dark.text).toBeGreaterThan(0.7);
    await page.locator('[data-theme-toggle]').click();
    await expect.poll(async () => (await brightness()).ground).toBeGreaterThan(0.8);
  });

  it('reads both modes under their own headings without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false });
    await visit(page);
    for (const heading of [SECURE_STEP_2, INSECURE_STEP_2, SECURE_RUN, INSECURE_RUN]) {
      expect(await page.locator(heading).isVisible()).toBe(true);
    }
    expect(await page.locator('.mode-label:visible').allInnerTexts()).toEqual(expect.arrayContaining(['Secure', 'Insecure']));
    expect(await page.locator('[data-step="run-the-python-code-insecure-1"] pre').isVisible()).toBe(true);
    expect(await page.locator('[data-action="run"]:visible').count()).toBe(0);
  });
});
