import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../shared/step.ts';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { stepIn } from './step-in.ts';
import { pasted } from './clipboard.ts';

const PONY = '/build-a-python-app-with-cockroachdb-pony.html';
/** The same heading in each mode. */
const SECURE_STEP_2 = '#step-2-create-the-maxroach-user-and-bank-database';
const INSECURE_STEP_2 = '#step-2-create-the-maxroach-user-and-bank-database-1';
const SECURE_RUN = '#step-4-run-the-python-code';
const INSECURE_RUN = '#step-3-run-the-python-code';

const modeOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['mode']);
const visibleContents = (page: Page): Promise<string[]> => page.locator('.contents a:visible').allInnerTexts();
const choose = (page: Page, mode: 'secure' | 'insecure'): Promise<void> =>
  page.locator(`[data-mode-label="${mode}"]`).first().click();
const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d')!;
    const brightness = (color: string): number => {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return canvas
        .getImageData(0, 0, 1, 1)
        .data.slice(0, 3)
        .reduce((sum, part) => sum + part / 3, 0);
    };
    const { color, backgroundColor } = getComputedStyle(document.body);
    const [text, ground] = [brightness(color), brightness(backgroundColor)];
    if (Math.abs(text - ground) < 120)
      throw new Error(`the text is as bright as the page: ${color} on ${backgroundColor}`);
    return ground < text;
  });
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe('a person reads the tutorial', () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (page: Page, rest = ''): Promise<void> => {
    await page.goto(`${server().url}${PONY}${rest}`);
  };

  it('finds its title and steps, and no cluster is claimed before they show an intention to run', async () => {
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

  it('switches the mode with the mouse: steps, contents and address follow, and it is remembered', async () => {
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

  it('switches the mode with the keyboard: one tab stop, arrow keys choose', async () => {
    const page = await open();
    await visit(page);
    await page.locator('.mode-filter input').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await modeOf(page)).toBe('insecure');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('insecure');
    await page.keyboard.press('ArrowLeft');
    expect(await modeOf(page)).toBe('secure');
  });

  it('opens the mode in ?filters=', async () => {
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
    await expect
      .poll(() => page.locator(SECURE_STEP_2).evaluate((heading) => heading.getBoundingClientRect().top < innerHeight))
      .toBe(true);
  });

  it('sees the right mode from the first paint', async () => {
    const page = await open();
    await page.addInitScript(() => {
      localStorage.setItem('mode', 'insecure');
      const seen: string[] = (window.seen = []);
      const look = (): void => {
        if (document.body) seen.push(document.documentElement.dataset['mode'] ?? 'none');
        if (document.readyState !== 'complete') requestAnimationFrame(look);
      };
      look();
    });
    await visit(page);
    await page.waitForLoadState('load');
    const seen = await page.evaluate(() => window.seen);
    expect([...new Set(seen)]).toEqual(['insecure']);
  });

  it.each([
    [
      'a command',
      'generate-a-certificate-for-the-maxroach-user-secure-1',
      'cockroach cert create-client maxroach --certs-dir=certs --ca-key=my-safe-directory/ca.key',
    ],
    ['a statement', 'create-the-maxroach-user-and-bank-database-secure-3', 'CREATE DATABASE bank;'],
  ])('copies %s: exactly the text to paste, without its prompt', async (_, step, text) => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page);
    const figure = page.locator(`#step-block-${step}`);
    expect(await figure.locator('pre').first().innerText()).toMatch(/^[$>] /);
    await figure.locator('[data-action="copy"]').click();
    await expect.poll(() => pasted(page)).toBe(text);
  });

  it('copies and downloads exactly the file that runs', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page);
    const figure = page.locator('#step-block-run-the-python-code-secure-1');
    const text = textOf(await stepIn(figure));
    expect(text).toContain('sslmode');
    await figure.locator('[data-action="copy"]').click();
    await expect.poll(() => pasted(page)).toBe(text);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      figure.locator('[data-action="download"]').click(),
    ]);
    expect(download.suggestedFilename()).toBe('pony-basic-sample.py');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(text);
  });

  it('does not have to scroll sideways on a phone, and has buttons that a thumb can hit', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await visit(page);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await visit(page, '?filters=insecure');
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const heights = await page
      .locator('.block [data-action="run"]:visible')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(3);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  });

  it('gets the system’s theme, also when that changes, and can choose light, dark or the system’s', async () => {
    const page = await open({ colorScheme: 'dark' });
    await visit(page);
    const theme = page.locator('[data-theme-toggle]');
    const name = (): Promise<string | null> => theme.getAttribute('aria-label');
    expect([await name(), await isDark(page)]).toEqual(['Theme: as the system', true]);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => isDark(page)).toBe(false);
    await page.emulateMedia({ colorScheme: 'dark' });
    await theme.click();
    expect([await name(), await isDark(page)]).toEqual(['Theme: light', false]);
    expect(await theme.getAttribute('title')).toBe('Theme: light. Press for dark.');
    await expect.poll(() => page.locator('[data-status]').textContent()).toBe('Theme: light.');
    await visit(page);
    expect([await name(), await isDark(page)]).toEqual(['Theme: light', false]);
    await theme.click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect([await name(), await isDark(page)]).toEqual(['Theme: dark', true]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await theme.click();
    await visit(page);
    expect([await name(), await isDark(page)]).toEqual(['Theme: as the system', true]);
  });

  it('chooses a theme in another tab, and sees it here too, also when it is the system’s again', async () => {
    const page = await open({ colorScheme: 'light' });
    await visit(page);
    const other = await page.context().newPage();
    await visit(other);
    const press = (): Promise<void> => other.locator('[data-theme-toggle]').click();
    await press();
    await expect.poll(() => isDark(page)).toBe(true);
    await press();
    await press();
    await expect
      .poll(() => page.locator('[data-theme-toggle]').getAttribute('aria-label'))
      .toBe('Theme: as the system');
    expect(await isDark(page)).toBe(false);
  });

  it('reads both modes under their own headings without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false });
    await visit(page);
    for (const heading of [SECURE_STEP_2, INSECURE_STEP_2, SECURE_RUN, INSECURE_RUN]) {
      expect(await page.locator(heading).isVisible()).toBe(true);
    }
    expect(await page.locator('.mode-label:visible').allInnerTexts()).toEqual(
      expect.arrayContaining(['Secure', 'Insecure']),
    );
    const sample = page.locator('#step-block-run-the-python-code-insecure-1');
    expect(await sample.locator('pre').first().isVisible()).toBe(true);
    await sample.locator('summary').click();
    expect(await sample.locator('.fold pre').innerText()).toContain('CONNECTION = {');
    expect(await page.locator('[data-action="run"]:visible').count()).toBe(0);
    expect(await page.locator('.contents li:has-text("Run the Python code")').allInnerTexts()).toEqual([
      expect.stringMatching(/Step 4.*Secure/),
      expect.stringMatching(/Step 3.*Insecure/),
    ]);
    const note = page.locator('noscript .note:visible');
    expect(await note.innerText()).toContain('Running the steps on this page needs JavaScript.');
    await page.goto(`${server().url}/start-a-local-cluster.html`);
    expect(await note.count()).toBe(0);
  });
});
