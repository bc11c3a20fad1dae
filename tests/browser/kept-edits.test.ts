import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withText } from '../../shared/step.ts';
import { withStep } from '../support/html-steps.ts';
import { useBuiltSite } from './built-site.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const PUBLISHED = 'python -m pip install pony';

describe('what a person has edited', { timeout: 60_000 }, () => {
  const url = useBuiltSite();
  const open = useChromium();
  const visit = async (page?: Page): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(page ?? (await open()));
    await tutorial.visit(url(), 'insecure');
    return tutorial;
  };
  const another = async ({ page }: TutorialPage): Promise<TutorialPage> => visit(await page.context().newPage());
  const shown = (tutorial: TutorialPage): Promise<string> => tutorial.figure(STEP.install).locator('.code').innerText();
  const editTo = async (tutorial: TutorialPage, text: string): Promise<void> => {
    await tutorial.edit(STEP.install, text);
    await tutorial.button(STEP.install, 'edit').click();
    // As when the tab is hidden: pending edits are stored.
    await tutorial.page.evaluate(() => dispatchEvent(new Event('pagehide')));
  };
  /** The author changes the step's text: from now on the site has the new text. */
  const republish = async (context: BrowserContext, text: string): Promise<void> => {
    await context.route('**/*.html*', async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      await route.fulfill({
        response,
        body: withStep(html, STEP.install, (each) => ({ ...each, step: withText(each.step, text) })),
      });
    });
  };

  it('is still there after a reload, and in a new tab, until it is reverted', async () => {
    const tutorial = await visit();
    await editTo(tutorial, 'echo mine');
    await tutorial.page.reload();
    await expect.poll(() => shown(tutorial)).toBe('echo mine');
    const second = await another(tutorial);
    await expect.poll(() => shown(second)).toBe('echo mine');
    await second
      .figure(STEP.install)
      .getByRole('button', { name: /^Revert/ })
      .click();
    await second.page.reload();
    const third = await another(second);
    for (const tab of [second, third]) expect(await shown(tab)).toBe(`$ ${PUBLISHED}`);
  });

  it('is separate in two tabs that edit the same step, and a third tab is offered both', async () => {
    const first = await visit();
    const second = await another(first);
    await editTo(first, 'echo first');
    await editTo(second, 'echo second');
    for (const [tab, text] of [
      [first, 'echo first'],
      [second, 'echo second'],
    ] as const) {
      await tab.page.reload();
      await expect.poll(() => shown(tab)).toBe(text);
      expect(await tab.figure(STEP.install).locator('.offer').count()).toBe(0);
    }
    const third = await another(first);
    await expect.poll(() => shown(third)).toBe('echo second');
    const offer = third.figure(STEP.install).locator('.offer');
    await expect
      .poll(() => offer.innerText())
      .toMatch(/You edited this in another tab too\.[^]*− echo second\s+\+ echo first/);
    await offer.getByRole('button', { name: 'Use mine' }).click();
    expect(await shown(third)).toBe('echo first');
  });

  it('stays when another tab edits another step', async () => {
    const first = await visit();
    const second = await another(first);
    await editTo(first, 'echo first');
    await second.edit(STEP.runSample, 'echo second');
    await second.page.evaluate(() => dispatchEvent(new Event('pagehide')));
    const third = await another(first);
    await expect.poll(() => shown(third)).toBe('echo first');
    await expect.poll(() => third.figure(STEP.runSample).locator('.code').innerText()).toBe('echo second');
  });

  it('is shown next to a text that the author has changed since, and used on request', async () => {
    const tutorial = await visit();
    await editTo(tutorial, `time ${PUBLISHED}`);
    await republish(tutorial.page.context(), `${PUBLISHED}==0.7.20`);
    await tutorial.page.reload();
    const offer = tutorial.figure(STEP.install).locator('.offer');
    await expect
      .poll(() => offer.innerText())
      .toMatch(
        /an earlier version of this\.\s+− python -m pip install pony==0\.7\.20\s+\+ time python -m pip install pony\s/,
      );
    expect(await tutorial.figure(STEP.install).evaluate((figure) => figure.classList.contains('edited'))).toBe(false);
    await offer.getByRole('button', { name: 'Use mine' }).click();
    expect([await shown(tutorial), await offer.count()]).toEqual([`time ${PUBLISHED}`, 0]);
    await tutorial.page.reload();
    await expect.poll(() => shown(tutorial)).toBe(`time ${PUBLISHED}`);
    expect(await offer.count()).toBe(0);
  });

  it('is forgotten when the reader takes the author’s changed text', async () => {
    const tutorial = await visit();
    await editTo(tutorial, 'echo mine');
    await republish(tutorial.page.context(), `${PUBLISHED}==0.7.20`);
    const second = await another(tutorial);
    await second.figure(STEP.install).getByRole('button', { name: 'Take the author’s' }).click();
    const third = await another(second);
    for (const tab of [second, third]) {
      await tab.page.waitForLoadState('networkidle');
      expect([await shown(tab), await tab.figure(STEP.install).locator('.offer').count()]).toEqual([
        `$ ${PUBLISHED}`,
        0,
      ]);
    }
  });

  it('is empty when the storage holds nonsense', async () => {
    const tutorial = await visit();
    await tutorial.page.evaluate(() =>
      localStorage.setItem(
        'bankrun:pony:edits',
        '[1, null, {"step": 4}, {"step": "install-ponyorm-1", "of": 3, "text": {}}]',
      ),
    );
    await tutorial.page.reload();
    await tutorial.edit(STEP.install, 'echo mine');
    expect(await tutorial.editor(STEP.install).innerText()).toBe('echo mine');
  });
});
