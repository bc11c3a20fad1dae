import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../commands/audit/chromium-program.ts';

const START_MS = 60_000;
/** A page waits for nothing longer than this, as `expect.poll` does; tests of runs say so where they need more. */
const WAIT_MS = 20_000;

/**
 * One Chromium for a test file. Gives a function that opens a page as a person of their own would see it, closed after
 * the test.
 */
export function useChromium(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
  }, START_MS);
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });
  afterAll(async () => {
    await browser?.close();
  }, START_MS);
  return async (options = {}) => {
    if (!browser) throw new Error('the browser has not started');
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    contexts.push(context);
    context.setDefaultTimeout(WAIT_MS);
    return await context.newPage();
  };
}
