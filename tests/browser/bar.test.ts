import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { layLine } from './breakable-line.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const PONY = '/build-a-python-app-with-cockroachdb-pony.html?filters=insecure';

/** Measures how high the bar is, and whether it fits into the window in one line. */
const measure = (page: Page): Promise<{ height: number; bottom: number; sideways: number }> =>
  page.locator('[data-cluster]').evaluate((bar) => {
    const { height, bottom } = bar.getBoundingClientRect();
    return { height, bottom: innerHeight - bottom, sideways: bar.scrollWidth - bar.clientWidth };
  });

describe.skipIf(withoutSandbox)('the cluster bar', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it.each([
    [1440, 900, 40],
    [1280, 720, 40],
    [820, 1180, 40],
    [390, 844, 48],
    [320, 640, 48],
  ])('is one line at the foot of a window of %i by %i, before, during and after a run', async (width, height, most) => {
    const tutorial = new TutorialPage(await open({ viewport: { width, height } }));
    const isOneLine = async (): Promise<void> => {
      const { height: is, ...rest } = await measure(tutorial.page);
      expect(is).toBeLessThanOrEqual(most);
      expect(rest).toEqual({ bottom: 0, sideways: 0 });
    };
    await tutorial.visit(server().url, 'insecure');
    await expect.poll(() => tutorial.cluster.innerText()).not.toBe('');
    await isOneLine();
    await tutorial.keepBusy(STEP.install, 2);
    await isOneLine();
    await expect.poll(() => tutorial.cluster.innerText()).toMatch(/\d\.\d s/);
    await tutorial.ends(STEP.install);
    await isOneLine();
  });

  it('shows the complete state on the smallest phone, whatever the cluster holds', async () => {
    const tutorial = new TutorialPage(await open({ viewport: { width: 320, height: 640 } }));
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);
    await expect.poll(() => tutorial.cluster.locator('.holds').innerText()).toMatch(/rows/);
    const state = tutorial.cluster.locator('.state');
    expect(await state.innerText()).toBe('Ready');
    expect(
      await state
        .locator('> span')
        .evaluateAll((words) => words.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length),
    ).toBe(0);
  });

  it('covers nothing at the end of the page, and is not sticky in a very low window', async () => {
    const page = await open({ viewport: { width: 1280, height: 720 } });
    await page.goto(server().url + PONY);
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    const last = await page.locator('.page-end > :last-child').boundingBox();
    const bar = await page.locator('[data-cluster]').boundingBox();
    expect(last!.y + last!.height).toBeLessThanOrEqual(bar!.y);
    // 1280 by 720 at a zoom of 400 %.
    await page.setViewportSize({ width: 320, height: 180 });
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    expect(
      await page.locator('[data-cluster]').evaluate((element) => element.getBoundingClientRect().top > innerHeight),
    ).toBe(true);
  });

  it('stops a run, and asks once, in place, before it resets', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.keepBusy(STEP.install, 100);
    await tutorial.cluster.getByRole('button', { name: /^Stop/ }).click();
    await tutorial.shows(STEP.install, /You stopped it/);
    expect(await tutorial.result(STEP.install).locator('.failed').count()).toBe(0);
    await tutorial.cluster.getByRole('button', { name: /Reset/ }).click();
    await tutorial.cluster.locator('[data-action="reset"]').click();
    await tutorial.cluster.getByRole('button', { name: 'Keep it' }).click();
    expect(await tutorial.cluster.locator('[data-action="reset"]').isVisible()).toBe(true);
    await tutorial.page.keyboard.press('Escape');
    await tutorial.reset();
    expect(await tutorial.result(STEP.install).innerText()).toBe('');
  });

  it('shows a run of the other mode, leads there, and reports its end', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.keepBusy(STEP.install, 4);
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    await expect
      .poll(() => tutorial.cluster.getByRole('button', { name: /insecure mode/ }).innerText())
      .toBe('Insecure: 1 of 1');
    await tutorial.tells(/^Insecure mode: Done/);
    await tutorial.page.locator('[data-mode-label="insecure"]').first().click();
    await tutorial.press(STEP.install);
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    await tutorial.cluster.getByRole('button', { name: /insecure mode/ }).click();
    expect(await tutorial.page.evaluate(() => document.documentElement.dataset['mode'])).toBe('insecure');
  });

  it('shows a press in the other mode while its cluster starts', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.page.route('**/api/sandboxes', () => undefined);
    await tutorial.press(STEP.install);
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    await expect
      .poll(() => tutorial.cluster.getByRole('button', { name: /insecure mode, which waits/ }).innerText())
      .toBe('Insecure: starting');
  });

  it('shows a run of the other mode again after a reload', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.keepBusy(STEP.install, 4);
    await tutorial.visit(server().url, 'secure');
    await expect.poll(() => tutorial.cluster.getByRole('button', { name: /insecure mode/ }).count()).toBe(1);
    await tutorial.tells(/^Insecure mode: Done/);
  });

  it('opens its menu with one press, and closes it with the next', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    const menu = tutorial.cluster.getByRole('button', { name: /Your cluster: engine/ });
    const isOpen = (): Promise<boolean> => tutorial.page.getByRole('dialog', { name: 'Your cluster' }).isVisible();
    for (const is of [true, false, true, false]) {
      await menu.click();
      await expect.poll(isOpen).toBe(is);
    }
  });

  it('says that the server is away while the reader only reads, and that it is back', async () => {
    const line = await layLine(server().url);
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(line.url, 'insecure');
    await expect.poll(() => tutorial.cluster.innerText()).toContain('Run starts a cluster');
    line.take();
    await expect.poll(() => tutorial.cluster.innerText()).toContain('cannot be reached');
    await tutorial.page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => tutorial.cluster.innerText()).toContain('Server away');
    line.mend();
    await expect.poll(() => tutorial.cluster.innerText()).toContain('No cluster yet');
    await line.close();
  });

  it('also says on a phone, while a step runs, that a press does nothing, and that the server is away', async () => {
    const line = await layLine(server().url);
    const tutorial = new TutorialPage(await open({ viewport: { width: 320, height: 640 } }));
    const says = tutorial.cluster.locator('.state .short');
    const width = async (): Promise<number> => (await says.boundingBox())?.width ?? 0;
    await tutorial.visit(line.url, 'insecure');
    await tutorial.keepBusy(STEP.install, 20);
    await tutorial.press(STEP.sample.insecure);
    await expect.poll(() => says.innerText()).toContain('A step is running already: stop it, or wait for it to end.');
    expect(await width()).toBeGreaterThan(150);
    line.take();
    await expect.poll(() => says.innerText(), { timeout: 30_000 }).toBe('Server away');
    expect(await width()).toBeGreaterThan(60);
    expect(await measure(tutorial.page)).toEqual({ height: 48, bottom: 0, sideways: 0 });
    line.mend();
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 30_000 }).not.toContain('Server away');
    await tutorial.cluster.getByRole('button', { name: 'Stop' }).click();
    await tutorial.tells(/^Stopped/);
    await line.close();
  });
});
