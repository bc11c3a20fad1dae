import { describe, expect, it } from 'vitest';
import { THEMES, violations } from '../../commands/audit/axe.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { DataPanel } from './data-panel.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

describe.skipIf(withoutSandbox)('the data panel', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const withTables = async (options?: Parameters<typeof open>[0]): Promise<DataPanel> => {
    const data = new DataPanel(await open(options));
    await data.visit(server().url);
    await data.move();
    return data;
  };

  it.each([
    [1200, 800],
    [1440, 900],
    [1920, 1080],
  ])('stands beside the text in a window of %i by %i, covers none of it, and moves nothing', async (width, height) => {
    const tutorial = new TutorialPage(await open({ viewport: { width, height } }));
    const data = new DataPanel(tutorial.page);
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);
    // Relative to the top of the page, however far it is scrolled.
    const placeOfText = (): Promise<{ x: number; y: number; width: number; height: number }> =>
      tutorial.page.locator('article').evaluate((text) => {
        const { x, y, width: wide, height: high } = text.getBoundingClientRect();
        return { x, y: Math.round(y + scrollY), width: wide, height: high };
      });
    const before = await placeOfText();
    await data.button.click();
    await expect.poll(() => data.rows()).not.toHaveLength(0);
    expect(await placeOfText()).toEqual(before);
    const panel = (await data.element.boundingBox())!;
    expect(panel.x).toBeGreaterThanOrEqual(before.x + before.width);
    expect(panel.x + panel.width).toBe(width);
    expect(panel.y + panel.height).toBeCloseTo((await tutorial.cluster.boundingBox())!.y, 0);
    // What it covers must not be reachable.
    expect(await tutorial.page.locator('.contents a:visible').count()).toBe(0);
    await data.element.getByRole('button', { name: /^Close/ }).click();
    expect(await tutorial.page.locator('.contents a:visible').count()).toBeGreaterThan(0);
  });

  it('is drawn in forced colours', async () => {
    const data = await withTables({ forcedColors: 'active', colorScheme: 'light' });
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    await data.move();
    await expect.poll(() => data.element.locator('.chart .moved').count()).toBe(1);
    const [ink, ...drawn] = await data.element.evaluate((panel) => [
      getComputedStyle(panel).color,
      ...[...panel.querySelectorAll('.chart :is(text, .end)')].map((each) => getComputedStyle(each).fill),
      ...[...panel.querySelectorAll('.chart :is(line, .moved)')].map((each) => getComputedStyle(each).stroke),
    ]);
    expect(new Set(drawn)).toEqual(new Set([ink]));
  });

  it.each([
    [320, 640],
    [390, 844],
    [820, 1180],
  ])(
    'is a sheet above the bar in a window of %i by %i, and leaves the upper half to the text',
    async (width, height) => {
      const data = await withTables({ viewport: { width, height } });
      await data.button.click();
      await expect.poll(() => data.rows()).toHaveLength(3);
      const panel = (await data.element.boundingBox())!;
      expect(panel).toMatchObject({ x: 0, width });
      expect(panel.y).toBeGreaterThanOrEqual(height / 2 - 50);
      expect(panel.y + panel.height).toBeCloseTo((await data.page.locator('[data-cluster]').boundingBox())!.y, 0);
      expect(await data.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await data.element.getByRole('button', { name: 'Make the panel taller' }).click();
      expect((await data.element.boundingBox())!.height).toBeGreaterThan(panel.height - 1);
      const sizes = await data.element
        .locator('button:visible, summary')
        .evaluateAll(
          (targets) =>
            targets
              .map((target) => target.getBoundingClientRect())
              .filter(({ width: w, height: h }) => w < 24 || h < 24).length,
        );
      expect(sizes).toBe(0);
    },
  );

  it.each([
    [960, 720],
    [1440, 900],
    [1920, 1080],
  ])('leaves the home page’s bank free in a window of %i by %i', async (width, height) => {
    const data = await withTables({ viewport: { width, height } });
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    await data.move();
    await data.tells(/went from/);
  });

  it('is walked through, sorted and closed with the keyboard, and focus returns to where it was', async () => {
    const data = await withTables();
    await data.button.focus();
    await data.page.keyboard.press('Enter');
    await expect.poll(() => data.page.evaluate(() => document.activeElement?.textContent)).toBe('Your data');
    expect(await data.button.getAttribute('aria-expanded')).toBe('true');
    await expect.poll(() => data.rows()).toHaveLength(3);
    const head = data.element.locator('[data-column="balance"] button');
    await head.focus();
    await data.page.keyboard.press('Enter');
    await expect.poll(async () => (await data.rows()).map(([owner]) => owner)).toEqual(['Ada', 'Linus', 'Grace']);
    expect(await head.evaluate((element) => element === document.activeElement)).toBe(true);
    await data.page.keyboard.press('Escape');
    expect(await data.element.isVisible()).toBe(false);
    expect(await data.button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('does not move focus when it is opened with a pointer', async () => {
    const data = await withTables();
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    expect(await data.element.evaluate((panel) => panel.contains(document.activeElement))).toBe(false);
  });

  it('stays in this tab as it was left: open next to the text, with the same table', async () => {
    const tutorial = new TutorialPage(await open({ viewport: { width: 1440, height: 900 } }));
    const data = new DataPanel(tutorial.page);
    await tutorial.visit(server().url, 'insecure');
    await tutorial.edit(
      STEP.createUser.insecure,
      'CREATE TABLE accounts (id INT PRIMARY KEY); ' +
        'CREATE TABLE other (id INT PRIMARY KEY); ' +
        'INSERT INTO other VALUES (7);',
    );
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
    await data.button.click();
    await data.element.locator('[data-table="defaultdb.other"]').click();
    await expect.poll(() => data.rows()).toEqual([['7']]);
    await data.page.reload();
    await expect.poll(() => data.rows()).toEqual([['7']]);
    await data.page.setViewportSize({ width: 390, height: 844 });
    await data.page.reload();
    await expect.poll(() => data.button.innerText()).toBe('2 tables');
    expect(await data.element.isVisible()).toBe(false);
    await data.button.click();
    await expect.poll(() => data.rows()).toEqual([['7']]);
  });

  it('and the terminals replace each other on a phone, and are both open in a wide window', async () => {
    const data = await withTables(PHONE);
    const drawer = data.page.locator('.drawer');
    const terminal = data.page.locator('[data-cluster] [data-action="terminal"]');
    await data.button.tap();
    await expect.poll(() => data.rows()).toHaveLength(3);
    await terminal.tap();
    await expect.poll(() => data.element.isVisible()).toBe(false);
    expect(await drawer.isVisible()).toBe(true);
    await data.button.tap();
    await expect.poll(() => drawer.isVisible()).toBe(false);
    expect(await data.element.isVisible()).toBe(true);
    await data.page.setViewportSize({ width: 1440, height: 900 });
    await terminal.click();
    await expect.poll(() => drawer.isVisible()).toBe(true);
    expect(await data.element.isVisible()).toBe(true);
    await expect
      .poll(async () => (await data.element.boundingBox())!.y + (await data.element.boundingBox())!.height)
      .toBeCloseTo((await drawer.boundingBox())!.y, 0);
  });

  it('leaves the pressed button and the first lines of its result visible above the sheet on a phone', async () => {
    const tutorial = new TutorialPage(await open(PHONE));
    const data = new DataPanel(tutorial.page);
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);
    await data.button.tap();
    await expect.poll(() => data.rows()).toHaveLength(100);
    await tutorial.press(STEP.runSample);
    await tutorial.ends(STEP.runSample);
    const head = (await tutorial.result(STEP.runSample).locator('.head').first().boundingBox())!;
    expect(head.y + head.height).toBeLessThanOrEqual((await data.element.boundingBox())!.y);
  });

  it.each(THEMES.map((theme) => ({ theme, scheme: theme.colorScheme })))(
    'breaks no accessibility rule, $scheme',
    async ({ theme }) => {
      const data = await withTables(theme);
      await data.button.click();
      await expect.poll(() => data.rows()).toHaveLength(3);
      await data.move();
      await data.tells(/went from/);
      await data.element.locator('summary').click();
      expect(await violations(data.page)).toEqual([]);
    },
  );

  it('follows the mode of the page', async () => {
    const tutorial = new TutorialPage(await open());
    const data = new DataPanel(tutorial.page);
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(100);
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    await expect.poll(() => data.element.innerText()).toContain('You have no cluster yet');
    await tutorial.page.locator('[data-mode-label="insecure"]').first().click();
    await expect.poll(() => data.rows()).toHaveLength(100);
  });
});
