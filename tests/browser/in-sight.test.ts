import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import { stepsIn, type PageStep } from '../../shared/step.ts';
import { DIST } from '../../commands/client/dist.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';

const SIZES = [
  [1440, 900],
  [1280, 720],
  [820, 1180],
  [390, 844],
  [320, 640],
] as const;
/** A press may start a cluster and do a whole tutorial. */
const RUN_MS = 90_000;
/** A page on which a press first does many earlier steps: there each size is tried in a separate cluster. */
const LONGEST = 'pony';

/** The name, the address and the last step by mode of each page that has steps. */
const pages = readdirSync(join(DIST, 'steps'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const name = file.replace('.json', '');
    const { steps } = JSON.parse(readFileSync(join(DIST, 'steps', file), 'utf8')) as { steps: PageStep[] };
    const html =
      readdirSync(DIST).find(
        (each) => each.endsWith('.html') && readFileSync(join(DIST, each), 'utf8').includes(`data-tutorial="${name}"`),
      ) ?? '';
    return {
      name,
      html,
      last: (mode: Mode) => stepsIn(steps, mode).findLast(({ step }) => step.kind !== 'file')?.step.id,
    };
  });

/**
 * Watches a figure in each frame: records when its button or the first lines of its result were outside the window or
 * covered. Only an intersection observer sees a frame after the page's own observers have adjusted it. If the page has
 * changed again before its callback runs, the next frame counts instead.
 */
const WATCH = (id: string): void => {
  const figure = document.querySelector(`#step-block-${id}`)!;
  const button = figure.querySelector('.actions [data-action="run"]')!;
  const result = figure.querySelector('[data-result]')!;
  const watched: Window['watched'] = (window.watched = { looks: 0, faults: [] });
  const isOnTop = (x: number, y: number, of: Element): boolean => {
    const top = document.elementFromPoint(x, y);
    return top !== null && of.contains(top);
  };
  const look = (): void => {
    watched.looks += 1;
    const box = button.getBoundingClientRect();
    if (!isOnTop(box.left + box.width / 2, box.top + box.height / 2, button))
      watched.faults.push(`the button at ${Math.round(box.top)} of ${innerHeight}`);
    const shown = result.getBoundingClientRect();
    const lines = Math.min(shown.height, 110);
    for (const y of shown.height < 8 ? [] : [6, lines / 2, lines - 4]) {
      if (!isOnTop(shown.left + 24, shown.top + y, figure))
        watched.faults.push(`the result at ${Math.round(shown.top + y)} of ${innerHeight}`);
    }
  };
  const isAsPainted = ({ target, boundingClientRect: { top, height } }: IntersectionObserverEntry): boolean => {
    const now = target.getBoundingClientRect();
    return Math.abs(now.top - top) < 1 && Math.abs(now.height - height) < 1;
  };
  const watch = (): void => {
    const frame = new IntersectionObserver((entries) => {
      frame.disconnect();
      if (entries.every(isAsPainted)) look();
      requestAnimationFrame(watch);
    });
    frame.observe(button);
    frame.observe(result);
  };
  requestAnimationFrame(watch);
};

describe.skipIf(withoutSandbox)(
  'the result of a press stays in sight, and so does the pressed button',
  { timeout: 400_000 },
  () => {
    const { server } = useServer();
    const open = useChromium();

    /**
     * Presses the last step where it is nearly hidden by the bottom of the window. Returns what was out of sight until
     * the run ended.
     */
    async function press(page: Page, id: string, how: 'click' | 'keys'): Promise<string[]> {
      const figure = page.locator(`#step-block-${id}`);
      const run = figure.locator('.actions [data-action="run"]');
      if (how === 'keys') await figure.locator('.actions [data-action="edit"]').click();
      await run.evaluate((button) => {
        const bar = document.querySelector('[data-cluster]')!.getBoundingClientRect();
        scrollBy({ top: button.getBoundingClientRect().bottom - bar.top + 12, behavior: 'instant' });
      });
      if (how === 'keys') await figure.locator('[contenteditable="true"]').press('Control+Enter');
      else await run.click();
      await page.evaluate(WATCH, id);
      await expect
        .poll(() => figure.locator('[data-result]').innerText(), { timeout: RUN_MS, interval: 100 })
        .toMatch(/ in [\d.]+ m?s|Failed after/);
      await expect.poll(() => run.innerText(), { timeout: RUN_MS, interval: 100 }).toMatch(/^Run/);
      const watched = (): Promise<Window['watched']> => page.evaluate(() => window.watched);
      await expect.poll(async () => (await watched()).looks).toBeGreaterThan(0);
      const { faults } = await watched();
      if (how === 'keys') await figure.locator('.actions [data-action="edit"]').click();
      return [...new Set(faults)];
    }

    /** Removes the page's clusters, because one network address may have only a few. */
    async function leave(page: Page): Promise<void> {
      const ids = await page.evaluate(() =>
        Object.values(localStorage).flatMap((value) => /"sandbox":"(\w+)"/.exec(String(value))?.[1] ?? []),
      );
      const { request } = page.context();
      await page.close();
      for (const id of new Set(ids)) await request.delete(`${server().url}/api/sandboxes/${id}`);
    }

    it.for(
      pages.flatMap((page) => MODES.flatMap((mode) => (page.last(mode) === undefined ? [] : [{ ...page, mode }]))),
    )('on $html, $mode, at every size', async ({ name, html, last, mode }, { skip }) => {
      let page = await open();
      const faults: Record<string, string[]> = {};
      for (const [index, [width, height]] of SIZES.entries()) {
        if (name === LONGEST && index > 0) {
          await leave(page);
          page = await open();
        }
        await page.setViewportSize({ width, height });
        await page.goto(`${server().url}/${html}?filters=${mode}`);
        await expect.poll(() => page.locator('[data-cluster]').innerText()).not.toBe('');
        const run = page.locator(`#step-block-${last(mode)} .actions [data-action="run"]`);
        if ((await run.getAttribute('class'))?.includes('blocked'))
          return skip((await run.getAttribute('title')) ?? '');
        faults[`${width}x${height}`] = await press(page, last(mode)!, index % 2 === 0 ? 'click' : 'keys');
      }
      await leave(page);
      expect(faults).toEqual(Object.fromEntries(SIZES.map(([width, height]) => [`${width}x${height}`, []])));
    });
  },
);
