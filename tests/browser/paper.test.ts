import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBuiltSite } from './built-site.ts';
import { useChromium } from './chromium.ts';

const PONY = '/build-a-python-app-with-cockroachdb-pony.html';
/** A4 without its margins, in CSS pixels. */
const SHEET = { width: 680, height: 990 };

describe('a person prints the tutorial', () => {
  const url = useBuiltSite();
  const open = useChromium();
  const print = async (options: Parameters<typeof open>[0] = {}, theme?: 'dark'): Promise<Page> => {
    const page = await open({ viewport: SHEET, ...options });
    if (theme) await page.addInitScript((value) => localStorage.setItem('theme', value), theme);
    await page.goto(`${url()}${PONY}?filters=insecure`);
    await page.emulateMedia({ media: 'print', colorScheme: options?.colorScheme ?? 'light' });
    return page;
  };

  it.each([
    ['from a dark system', { colorScheme: 'dark' }, undefined],
    ['from the dark theme', {}, 'dark'],
  ] as const)('dark on light, %s', async (_, options, theme) => {
    const page = await print(options, theme);
    const colors = await page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d')!;
      return ['body', '.code span', '.summary', '.note'].map((selector) => {
        canvas.fillStyle = getComputedStyle(document.querySelector(selector)!).color;
        canvas.fillRect(0, 0, 1, 1);
        return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
      });
    });
    expect(colors.filter((brightest) => brightest > 190)).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
  });

  it('and gets both modes, each part labelled', async () => {
    const page = await print();
    const labels = await page
      .locator('section[data-show]')
      .evaluateAll((sections) =>
        sections.map((section) => [
          (section as HTMLElement).dataset['show'],
          section.checkVisibility(),
          section.querySelector<HTMLElement>(':scope > .mode-label')?.innerText.toLowerCase(),
        ]),
      );
    expect(labels.length).toBeGreaterThan(3);
    expect(labels.filter(([mode, isVisible, label]) => !isVisible || label !== mode)).toEqual([]);
  });

  it('and gets both numbers of a step that has a different one in each mode', async () => {
    const page = await print();
    const labels = await page
      .locator('.number[data-show]')
      .evaluateAll((numbers) =>
        numbers.map((number) => [number.checkVisibility(), getComputedStyle(number, '::after').content]),
      );
    expect(labels.length).toBeGreaterThan(1);
    expect(labels.filter(([isVisible, label]) => !isVisible || label === 'none')).toEqual([]);
  });

  it('and gets all of the code, in lines that fit on the sheet', async () => {
    const page = await print();
    const cut = await page
      .locator('pre:visible, article table:visible')
      .evaluateAll((boxes) =>
        boxes
          .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
          .map((box) => box.textContent?.slice(0, 60)),
      );
    expect(cut).toEqual([]);
    // Folds are open on paper: no part of a sample is left out.
    const folded = page.locator('.fold pre').first();
    expect(
      await folded.evaluate(
        (box) =>
          box.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) &&
          box.getBoundingClientRect().height,
      ),
    ).toBeGreaterThan(100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SHEET.width);
  });

  it('and gets nothing to press', async () => {
    const page = await print();
    expect(
      await page
        .locator('button:visible, input:visible, .heading-link:visible, .contents:visible, .sidebar:visible')
        .count(),
    ).toBe(0);
  });
});
