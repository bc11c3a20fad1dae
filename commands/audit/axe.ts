import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** In a page that `axe` was evaluated in. */
    axe: typeof axeCore;
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The themes, each at the width of the screens on which it is mostly used. */
export const THEMES = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

/**
 * Opens the address in `page` and returns the axe rules that it breaks, each with the first element that breaks it.
 */
export async function brokenRules(page: Page, url: string): Promise<string[]> {
  await page.goto(url);
  return await violations(page);
}

/** Returns the axe rules that the page, as it is shown now, breaks, each with the first element that breaks it. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    return (await window.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
}
