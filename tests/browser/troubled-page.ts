import type { Page } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import type { Reader } from '../../commands/client/reader.ts';
import { useOwnServer } from '../support/shared-server.ts';
import { layLine, type BreakableLine } from './breakable-line.ts';
import { useChromium } from './chromium.ts';
import { TutorialPage } from './tutorial-page.ts';

/** One slot, so that it can be taken; short limits, so that they can be reached. */
const SERVER = { MAX_SLOTS: '1', WARM_PER_MODE: '0', STEP_SECONDS: '8', OUTPUT_KIB: '64' };

/** A person on the PonyORM tutorial, and their line to the server. */
export interface Troubled {
  line: BreakableLine;
  page: Page;
  tutorial: TutorialPage;
}

/**
 * Starts a server with one slot and short limits. Before each test a person opens one of its pages; after the test
 * their cluster is removed. Returns a function that makes other readers.
 */
export function useTroubledPage(begin: (troubled: Troubled) => void): { reader: () => Reader } {
  const { server, reader } = useOwnServer(SERVER);
  const open = useChromium();
  let line: BreakableLine;
  let page: Page;

  beforeEach(async () => {
    line = await layLine(server().url);
    page = await open();
    const tutorial = new TutorialPage(page);
    await tutorial.visit(line.url, 'insecure');
    begin({ line, page, tutorial });
  });

  /** Frees the only slot for the next test. */
  afterEach(async () => {
    line.mend();
    const ids = await page.evaluate(() =>
      Object.values(localStorage).flatMap((value) => /"sandbox":"(\w+)"/.exec(String(value))?.[1] ?? []),
    );
    // Otherwise the page may notice that its cluster is gone, and claim the next one.
    await Promise.all(
      page
        .context()
        .pages()
        .map((each) => each.close()),
    );
    for (const id of new Set(ids)) await page.request.delete(`${line.url}/api/sandboxes/${id}`);
    await line.close();
  });
  return { reader };
}
