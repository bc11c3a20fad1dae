import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeFragment } from '../../src/share/code-link.ts';
import { THEMES, violations } from '../../commands/audit/axe.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const CLIPBOARD: BrowserContextOptions = { permissions: ['clipboard-read', 'clipboard-write'] };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const THEIRS = 'echo "<b>theirs</b>"';

describe('a link with code', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const notice = (page: Page) => page.locator('[data-received] .offer');
  const offer = (tutorial: TutorialPage, step: string) => tutorial.figure(step).locator('.offer');
  const press = async (page: Page, name: string): Promise<void> =>
    await page.getByRole('button', { name, exact: true }).click();
  const visit = async (options?: BrowserContextOptions): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open(options));
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };
  /** Opens a link as somebody who has never been here before. `asked` lists the page's requests to the server. */
  const follow = async (link: string, options?: BrowserContextOptions): Promise<TutorialPage & { asked: string[] }> => {
    const tutorial = Object.assign(new TutorialPage(await open(options)), { asked: [] as string[] });
    tutorial.page.on('request', (request) =>
      tutorial.asked.push(`${request.method()} ${request.url()} ${request.headers()['referer'] ?? ''}`),
    );
    await tutorial.page.goto(link);
    await notice(tutorial.page).waitFor();
    return tutorial;
  };
  const linkWith = async (texts: Record<string, string>, originalHash = '', page = 'pony'): Promise<string> => {
    const edits = Object.entries(texts).map(([id, text]) => ({ id, originalHash, text }));
    const path = '/build-a-python-app-with-cockroachdb-pony.html?filters=insecure';
    return server().url + path + (await writeFragment({ page, edits }));
  };
  /** Makes a link as a reader who has changed the first step. */
  const made = async (text = THEIRS): Promise<string> => {
    const tutorial = await visit(CLIPBOARD);
    expect(
      await tutorial
        .figure(STEP.install)
        .getByRole('button', { name: /^Share/ })
        .count(),
    ).toBe(0);
    await tutorial.edit(STEP.install, text);
    await tutorial
      .figure(STEP.install)
      .getByRole('button', { name: /^Share/ })
      .click();
    await press(tutorial.page, 'Copy a link with your edits');
    await tutorial.tells(/^Copied to the clipboard\.$/);
    return await pasted(tutorial.page);
  };

  it('contains the reader’s edits; opened elsewhere it runs and sends nothing, and shows the difference', async () => {
    const link = await made();
    expect(link).toMatch(/pony\.html\?filters=insecure#code=[\w-]+$/);
    const tutorial = await follow(link);
    await expect
      .poll(() => notice(tutorial.page).innerText())
      .toContain('This link brings code that is not the author’s.');
    await tutorial.tells('It is other code for 1 block of this page. None of it runs by itself.');
    expect(await notice(tutorial.page).innerText()).not.toContain('the author has changed');
    await press(tutorial.page, 'Show the difference');
    expect(await offer(tutorial, STEP.install).evaluate((group) => document.activeElement === group)).toBe(true);
    expect(await offer(tutorial, STEP.install).locator('.line').allInnerTexts()).toEqual([
      '− python -m pip install pony',
      `+ ${THEIRS}`,
    ]);
    expect(await tutorial.figure(STEP.install).locator('.code').innerText()).not.toContain('theirs');
    await tutorial.page.waitForLoadState('networkidle');
    expect(tutorial.asked.filter((request) => request.startsWith('POST') || request.includes('code='))).toEqual([]);
    await tutorial.button(STEP.install, 'copy').click();
    expect(
      await tutorial.page.evaluate(() =>
        Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => key.includes('edits')),
      ),
    ).toEqual([]);
  });

  it.skipIf(withoutSandbox)(
    'becomes the reader’s own edit and runs on request; a reload shows no second notice',
    async () => {
      const tutorial = await follow(await linkWith({ [STEP.install]: THEIRS }));
      await press(tutorial.page, 'Show the difference');
      await offer(tutorial, STEP.install).getByRole('button', { name: 'Use and run' }).click();
      await tutorial.shows(STEP.install, /<b>theirs<\/b>/);
      expect(await tutorial.button(STEP.install, 'run').evaluate((button) => document.activeElement === button)).toBe(
        true,
      );
      await expect.poll(() => notice(tutorial.page).innerText()).toContain('is now in 1 block');
      expect(new URL(tutorial.page.url()).hash).toBe('');
      await tutorial.page.reload();
      await expect.poll(() => tutorial.figure(STEP.install).locator('.code').innerText()).toContain('theirs');
      expect(await tutorial.page.locator('[data-received]').innerText()).toBe('');
      await tutorial
        .figure(STEP.install)
        .getByRole('button', { name: /^Revert/ })
        .click();
      await expect.poll(() => tutorial.figure(STEP.install).locator('.code').innerText()).toContain('pip install pony');
    },
  );

  it('is used or discarded as a whole from the top of the page, with the keyboard', async () => {
    const link = await linkWith({
      [STEP.install]: THEIRS,
      [STEP.sample.secure]: 'print(1)\n',
      [STEP.count]: 'SELECT 1',
    });
    const used = await follow(link);
    await expect.poll(() => notice(used.page).innerText()).toContain('3 blocks');
    await used.page.getByRole('button', { name: 'Use this code', exact: true }).first().focus();
    await used.page.keyboard.press('Enter');
    await expect.poll(() => notice(used.page).innerText()).toContain('is now in 3 blocks');
    expect(await notice(used.page).evaluate((element) => document.activeElement === element)).toBe(true);
    expect(await used.figure(STEP.install).locator('.code').innerText()).toContain('theirs');
    await used.page.keyboard.press('Tab');
    await used.page.keyboard.press('Enter');
    expect(await used.page.locator('.offer').count()).toBe(0);
    const discarded = await follow(link);
    await notice(discarded.page).getByRole('button', { name: 'Discard' }).focus();
    await discarded.page.keyboard.press('Enter');
    expect(await discarded.page.locator('.offer').count()).toBe(0);
    expect(new URL(discarded.page.url()).hash).toBe('');
    expect(await discarded.figure(STEP.install).locator('.code').innerText()).not.toContain('theirs');
  });

  it('overwrites none of the reader’s edits until they choose, and these can be restored', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, 'echo mine');
    // The address of an open page changes, so nothing is reloaded.
    await tutorial.page.goto(await linkWith({ [STEP.install]: THEIRS, [STEP.count]: 'SELECT 1' }));
    await expect
      .poll(() => notice(tutorial.page).innerText())
      .toContain('In 1 of them you have code of your own, which stays until you choose.');
    await notice(tutorial.page).getByRole('button', { name: 'Use this code' }).click();
    await expect.poll(() => tutorial.figure(STEP.count).locator('.code').innerText()).toContain('SELECT 1');
    expect(await tutorial.block(STEP.install)).toContain('mine');
    const mine = offer(tutorial, STEP.install);
    await notice(tutorial.page).getByRole('button', { name: /Show/ }).click();
    await mine.getByRole('button', { name: 'Compare with yours' }).click();
    expect(await mine.locator('.line').allInnerTexts()).toEqual(['− echo mine', `+ ${THEIRS}`]);
    await mine.getByRole('button', { name: 'Use it in place of yours' }).click();
    await expect.poll(() => tutorial.block(STEP.install)).toContain('theirs');
    await mine.getByRole('button', { name: 'Back to yours' }).click();
    await expect.poll(() => tutorial.block(STEP.install)).toContain('mine');
    expect(await mine.count()).toBe(0);
  });

  it('says when the author has changed the code since, names invisible characters, and switches modes', async () => {
    const tutorial = await follow(await linkWith({ [STEP.sample.secure]: 'print("\u200b")\n' }, 'of then'));
    await expect
      .poll(() => notice(tutorial.page).innerText())
      .toContain('Since the link was made the author has changed what it changes.');
    await press(tutorial.page, 'Show the difference');
    const shown = offer(tutorial, STEP.sample.secure);
    await shown.waitFor();
    expect(await shown.innerText()).toContain(
      'for Secure. It is not the author’s. The author has changed this block since the link was made.',
    );
    expect(await shown.locator('.line.extra').first().innerText()).toBe('+ print("⟨U+200B⟩")');
  });

  it.each([
    [
      'is cut off',
      async () => (await linkWith({ [STEP.install]: THEIRS })).slice(0, -9),
      'cannot be read: the link was cut off or changed on its way',
    ],
    [
      'is of another page',
      async () => await linkWith({ [STEP.install]: THEIRS }, '', 'peewee'),
      'belongs to another page',
    ],
    [
      'is of blocks that are gone',
      async () => await linkWith({ '"><img src=x onerror=alert(1)>': 'x' }),
      'belongs to blocks that this page no longer has',
    ],
    [
      'holds markup in its fragment',
      async () => `${server().url}/build-a-python-app-with-cockroachdb-pony.html#code=<img src=x onerror=alert(1)>`,
      'cannot be read',
    ],
  ])('that %s shows a sentence, and the page is as ever', async (_, link, sentence) => {
    const tutorial = await follow(await link());
    await expect.poll(() => notice(tutorial.page).innerText()).toContain(sentence);
    expect(await tutorial.page.locator('[data-received] img').count()).toBe(0);
    expect(await tutorial.page.locator('.block .offer').count()).toBe(0);
    await press(tutorial.page, 'Close');
    expect([await notice(tutorial.page).count(), new URL(tutorial.page.url()).hash]).toEqual([0, '']);
  });

  it('leaves other fragments alone: headings, blocks, and the mode in the address', async () => {
    const page = await open();
    for (const fragment of ['step-1-install-ponyorm', 'code', `step-block-${STEP.count}`]) {
      await page.goto('about:blank');
      await page.goto(`${server().url}/build-a-python-app-with-cockroachdb-pony.html?filters=insecure#${fragment}`);
      await page.waitForLoadState('networkidle');
      expect([fragment, await notice(page).count(), new URL(page.url()).hash]).toEqual([fragment, 0, `#${fragment}`]);
    }
    const tutorial = await follow(await linkWith({ [STEP.install]: THEIRS }));
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    expect(new URL(tutorial.page.url()).search).toBe('?filters=secure');
    expect(await notice(tutorial.page).count()).toBe(1);
  });

  it.each(THEMES)(
    'breaks no accessibility rule and does not scroll sideways, opened and shown, $colorScheme',
    async (theme) => {
      const tutorial = await follow(
        await linkWith({ [STEP.install]: `${THEIRS} ${'long '.repeat(50)}`, [STEP.sample.insecure]: 'print(1)\n' }),
        theme,
      );
      await press(tutorial.page, 'Show the first difference');
      expect(await violations(tutorial.page)).toEqual([]);
      await tutorial.page.locator('.page-end [data-opens="share"]').click();
      await tutorial.page.locator('[data-bar-panel]').waitFor();
      expect(await violations(tutorial.page)).toEqual([]);
      expect(await tutorial.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
        0,
      );
    },
  );

  it('can be used with a thumb on a phone', async () => {
    const tutorial = await follow(await linkWith({ [STEP.install]: THEIRS }), PHONE);
    await notice(tutorial.page).getByRole('button', { name: 'Show the difference' }).tap();
    const use = offer(tutorial, STEP.install).getByRole('button', { name: 'Use this code' });
    expect((await use.boundingBox())!.height).toBeGreaterThanOrEqual(24);
    await use.tap();
    await expect.poll(() => tutorial.figure(STEP.install).locator('.code').innerText()).toContain('theirs');
  });
});
