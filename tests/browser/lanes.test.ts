import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import { THEMES, violations } from '../../commands/audit/axe.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';

const STEP = 'see-it-happen-1';
const RUN_MS = 60_000;

describe.skipIf(withoutSandbox)('two sessions that collide', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it.each(THEMES.flatMap((theme) => MODES.map((mode) => ({ mode, scheme: theme.colorScheme, theme }))))(
    'are drawn as lanes from what the program printed, $mode, $scheme, and again after a reload',
    async ({ mode, theme }) => {
      const page = await open(theme);
      await page.goto(`${server().url}/transactions.html?filters=${mode}`);
      const step = page.locator(`#step-block-${STEP}`);
      const lanes = step.locator('.lanes').filter({ visible: true });
      expect(await step.locator('.lanes').count()).toBe(0);
      await step.locator('.actions [data-action="run"]').click();
      await expect.poll(() => lanes.count(), { timeout: RUN_MS }).toBe(1);
      expect(await lanes.locator('thead th').allInnerTexts()).toEqual(['Time', 'Session A', 'Session B']);
      /** Returns the lanes' events of a session. */
      const events = async (at: number): Promise<string[]> =>
        (await lanes.locator(`tbody td:nth-of-type(${at}) .event`).allInnerTexts()).map((text) =>
          text.replaceAll(/\s+/g, ' '),
        );
      const told = async (): Promise<void> => {
        expect(await events(1)).toEqual(['attempt 1 SELECT there are 1000', 'UPDATE leave 900', 'COMMIT done']);
        const b = await events(2);
        expect(b).toEqual(
          expect.arrayContaining([
            'attempt 1 SELECT there are 1000',
            'error 40001',
            'ROLLBACK as if nothing had happened',
            expect.stringMatching(/^back-off \d+ ms$/),
            'attempt 2 SELECT there are 900',
            'UPDATE leave 800',
          ]),
        );
        expect(b.at(-1)).toBe('COMMIT done');
      };
      await told();
      expect(await lanes.locator('tbody tr').count()).toBe(
        (await step.locator('.out').first().innerText()).trim().split('\n').length,
      );
      expect(await violations(page)).toEqual([]);
      await page.reload();
      await expect.poll(() => lanes.count()).toBe(1);
      await told();
    },
  );

  it('fit on the narrowest phone, without broken words', async () => {
    const page = await open({ viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true });
    await page.goto(`${server().url}/transactions.html?filters=insecure`);
    const step = page.locator(`#step-block-${STEP}`);
    await step.locator('.actions [data-action="run"]').click();
    await expect.poll(() => step.locator('.lanes .event').count(), { timeout: RUN_MS }).toBeGreaterThan(5);
    // A word that is broken over two lines has two boxes.
    const broken = await step
      .locator('.lanes .event b')
      .evaluateAll((words) =>
        words
          .filter((word) => /^\w+$/.test(word.textContent) && word.getClientRects().length > 1)
          .map(({ textContent }) => textContent),
      );
    expect(broken).toEqual([]);
    expect(await step.locator('.lanes').evaluate((lanes) => lanes.scrollWidth - lanes.clientWidth)).toBe(0);
  });
});
