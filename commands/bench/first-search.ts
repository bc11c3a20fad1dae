import { serve } from '@hono/node-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { readSiteFiles } from '../../server/http/site-files.ts';
import { staticSite } from '../../server/http/static-site.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from '../client/chromium-program.ts';

/** Returns how many bytes a new reader's browser receives from opening the search until it lists what was found. */
export async function firstSearchBytes(dist: string, words: string): Promise<number> {
  const site = serve({ fetch: staticSite(readSiteFiles(dist), () => 'here').fetch, port: 0, hostname: '127.0.0.1' });
  await once(site, 'listening');
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/404.html`, { waitUntil: 'networkidle' });
    const received: Promise<number>[] = [];
    page.on('requestfinished', (request) =>
      received.push(
        request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
      ),
    );
    await page.keyboard.press('/');
    await page.locator('[data-search] input').fill(words);
    await page.locator('[data-search-results] a').first().waitFor();
    await page.waitForLoadState('networkidle');
    return (await Promise.all(received)).reduce((sum, bytes) => sum + bytes, 0);
  } finally {
    await browser.close();
    site.close();
  }
}
