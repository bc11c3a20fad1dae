import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../commands/audit/chromium-program.ts';

const START_MS = 60_000;
/** A page waits for nothing longer than this, like `expect.poll`; tests of runs set more where they need it. */
const WAIT_MS = 20_000;

/**
 * Starts one Chromium for a test file. Returns a function that opens a page in a new browser context; the page is
 * closed after the test.
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
