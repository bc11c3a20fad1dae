import { describe, expect, it } from 'vitest';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const SAMPLE = STEP.sample.insecure;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

describe('a person edits code on a phone', { timeout: 60_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (options: Parameters<typeof open>[0] = {}): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open(options));
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };

  it('and only the code scrolls sideways', async () => {
    const tutorial = await visit(PHONE);
    await tutorial.button(SAMPLE, 'edit').tap();
    await tutorial.editor(SAMPLE).press('Control+f');
    expect(await tutorial.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const small = await tutorial
      .figure(SAMPLE)
      .locator('.cm-search')
      .locator('button, input, label')
      .evaluateAll(
        (all) =>
          all
            .filter((each) => !each.closest('label') || each.matches('label'))
            .map((each) => each.getBoundingClientRect())
            .filter(({ width, height }) => width < 24 || height < 24).length,
      );
    expect(small).toBe(0);
  });

  it.each([320, 360, 390, 480])('and Run and its menu stay on one line, %i pixels wide', async (width) => {
    const tutorial = await visit({ ...PHONE, viewport: { width, height: 800 } });
    await tutorial.edit(SAMPLE, 'x');
    await expect.poll(() => tutorial.figure(SAMPLE).locator('[data-action="share"]').isVisible()).toBe(true);
    const [run, menu] = await Promise.all(
      ['run', 'scope'].map(
        async (action) => (await tutorial.figure(SAMPLE).locator(`[data-action="${action}"]`).boundingBox())!,
      ),
    );
    expect([menu!.y, menu!.height]).toEqual([run!.y, run!.height]);
    expect(menu!.x).toBeCloseTo(run!.x + run!.width, 0);
  });
});
