import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { brokenRules, THEMES } from '../../commands/audit/axe.ts';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { SITE_PAGES } from '../../commands/audit/site-pages.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

describe('the pages are accessible', { timeout: 60_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it.each(SITE_PAGES.flatMap((path) => THEMES.map((theme) => ({ path, theme, scheme: theme.colorScheme }))))(
    '$path breaks no accessibility rule, $scheme',
    async ({ path, theme }) => {
      expect(await brokenRules(await open(theme), server().url + path)).toEqual([]);
    },
  );

  it.each(SITE_PAGES)('%s has no control smaller than 24 pixels on a phone', async (path) => {
    const page = await open(PHONE);
    await page.goto(server().url + path);
    const contents = page.locator('.contents summary');
    if ((await contents.count()) > 0) await contents.click();
    expect(await tooSmall(page)).toEqual([]);
    await page.locator('.menu').click();
    expect(await tooSmall(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('[data-search-open]').click();
    await page.getByRole('searchbox').fill('retry');
    await page.locator('[data-search-results] a').first().waitFor();
    expect(await tooSmall(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'chosen, current, filled and focused controls are visible in forced colours, %s',
    async (colorScheme) => {
      const page = await open({ forcedColors: 'active', colorScheme });
      await page.goto(`${server().url}/build-a-python-app-with-cockroachdb-pony.html?filters=insecure`);
      const run = page.locator('.actions [data-action="run"]:visible').first();
      await expect.poll(() => run.evaluate((button) => button.classList.contains('blocked'))).toBe(false);
      const style = (selector: string, property: string, pseudo?: string): Promise<string> =>
        page
          .locator(selector)
          .first()
          .evaluate((element, [name, part]) => getComputedStyle(element, part).getPropertyValue(name), [
            property,
            pseudo,
          ] as const);
      const differ = async (one: string, other: string, property: string): Promise<void> => {
        expect([property, one, await style(one, property)]).not.toEqual([property, one, await style(other, property)]);
      };
      await differ('[data-mode-label="insecure"]', '[data-mode-label="secure"]', 'background-color');
      await differ('.sidebar a[aria-current]', '.sidebar a:not([aria-current])', 'background-color');
      await differ('.drivers a[aria-current]', '.drivers a:not([aria-current])', 'border-bottom-style');
      await differ('.contents a[aria-current]', '.contents a:not([aria-current])', 'border-left-style');
      await differ('.actions [data-action="run"]', '.actions [data-action="copy"]', 'background-color');
      // Filled and not filled, also when the reader chose the theme that does not match the system's colours.
      for (const theme of ['light', 'dark']) {
        await page.locator('html').evaluate((root, chosen) => (root.dataset['theme'] = chosen), theme);
        for (const step of ['.block.next', '.block:not(.next)']) {
          const button = `${step} [data-action="run"]`;
          expect([theme, step, await style(button, 'background-color', '::before')]).toEqual([
            theme,
            step,
            await style(button, 'color'),
          ]);
        }
      }
      expect(await style('.brand svg', 'color')).toBe(await style('.brand', 'color'));
      await page.locator('.mode-filter input:checked').focus();
      await page.keyboard.press('ArrowLeft');
      expect(await style('.mode-filter label:has(:focus-visible)', 'outline-style')).toBe('solid');
    },
  );

  it('has text fields that a phone does not zoom into', async () => {
    const page = await open(PHONE);
    await page.goto(`${server().url}/build-a-python-app-with-cockroachdb-pony.html`);
    await page.locator('.block [data-action="edit"]').first().click();
    await page.locator('[contenteditable="true"]').press('Control+f');
    await page.locator('[data-search-open]').click();
    const sizes = await page
      .locator('[contenteditable="true"], textarea, input:not([type="radio"], [type="checkbox"]), select')
      .evaluateAll((fields) =>
        fields.map((field) => [field.tagName, Number.parseFloat(getComputedStyle(field).fontSize)] as const),
      );
    expect(sizes.map(([name]) => name)).toEqual(expect.arrayContaining(['DIV', 'INPUT']));
    expect(sizes.filter(([, size]) => size < 16)).toEqual([]);
  });
});

/** Returns controls that are narrower or lower than 24 pixels. Links within a sentence may be as high as its text. */
async function tooSmall(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const MIN_PIXELS = 24;
    const isInSentence = (element: Element): boolean => {
      const text = element.matches('a') && element.closest('p, li, td');
      return Boolean(text) && (text as Element).textContent !== element.textContent;
    };
    const targets = [...document.querySelectorAll('button, a[href], summary, input, textarea, select, label')];
    return targets
      .filter((element) => element.checkVisibility() && !element.matches('.skip') && !isInSentence(element))
      .flatMap((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < MIN_PIXELS || height < MIN_PIXELS
          ? [`${Math.round(width)} x ${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`]
          : [];
      });
  });
}
