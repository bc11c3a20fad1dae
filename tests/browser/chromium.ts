import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterEach, beforeAll } from 'vitest';
import type { SandboxInfo } from '../../shared/protocol.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../commands/client/chromium-program.ts';

const START_MS = 60_000;
/** A page waits for nothing longer than this, like `expect.poll`; tests of runs set more where they need it. */
const WAIT_MS = 20_000;

/**
 * The Chromium of this process. The test files of one worker share it (`isolate: false` in `vitest.config.ts`), each
 * with browser contexts of its own; it ends with the process.
 */
let shared: Promise<Browser> | undefined;

/**
 * Returns a function that opens a page in a new browser context. After the test the page is closed, and the sandboxes
 * that it claimed are removed.
 */
export function useChromium(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined;
  let visits: Visit[] = [];
  beforeAll(async () => {
    browser = await (shared ??= chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS }));
  }, START_MS);
  afterEach(async () => {
    await Promise.all(visits.map(leave));
    visits = [];
  });
  return async (options = {}) => {
    if (!browser) throw new Error('the browser has not started');
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    visits.push({ context, sandboxes: noteSandboxes(context) });
    context.setDefaultTimeout(WAIT_MS);
    return await context.newPage();
  };
}

/** A browser context, and the addresses of the sandboxes that its pages have claimed so far. */
interface Visit {
  context: BrowserContext;
  sandboxes: ReadonlySet<string>;
}

function noteSandboxes(context: BrowserContext): ReadonlySet<string> {
  const sandboxes = new Set<string>();
  context.on('response', async (response) => {
    const isClaim = response.request().method() === 'POST' && response.url().endsWith('/api/sandboxes');
    if (!isClaim || !response.ok()) return;
    // A page that is closed meanwhile takes the body with it.
    const info = (await response.json().catch(() => undefined)) as SandboxInfo | undefined;
    if (info) sandboxes.add(`${response.url()}/${info.id}`);
  });
  return sandboxes;
}

/** The shared server would keep the sandboxes of a page that was closed for minutes. */
async function leave({ context, sandboxes }: Visit): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
  // The test may have stopped the server, or taken the line away.
  await Promise.allSettled([...sandboxes].map((address) => context.request.delete(address)));
  await context.close();
}
