import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { THEMES, violations } from '../../commands/audit/axe.ts';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { stepIn } from './step-in.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const SAMPLE = STEP.sample.insecure;

describe('a person edits code', { timeout: 60_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (options: Parameters<typeof open>[0] = {}): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open(options));
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };
  /** Returns what the reader has typed, as the step would run it. */
  const textOf = async (tutorial: TutorialPage, step: string): Promise<string> =>
    (await tutorial.editor(step).locator('.cm-line').allTextContents()).join('\n');
  const hasFocus = (button: Locator): Promise<boolean> => button.evaluate((each) => document.activeElement === each);

  it('in place of the code, whose lines do not move, with line numbers and colours', async () => {
    const tutorial = await visit();
    const top = (line: Locator): Promise<number> =>
      line.evaluate((each) => Math.round(each.getBoundingClientRect().top + scrollY));
    await tutorial.page.goto(`${server().url}/build-a-python-app-with-cockroachdb-django.html`);
    const { id: step } = await stepIn(tutorial.page.locator(`figure[data-step*='"path":"accounts/views.py"']`));
    const figure = tutorial.figure(step);
    await tutorial.button(step, 'edit').scrollIntoViewIfNeeded();
    const tops = (): Promise<number[]> =>
      Promise.all(
        ['import', '# How', 'def', '# Longer'].map((word) =>
          top(figure.locator(':is(.code, .cm-line) span:visible', { hasText: word }).first()),
        ),
      );
    const before = await tops();
    await tutorial.openEditor(step);
    expect(await tops()).toEqual(before);
    expect(await figure.locator('.cm-lineNumbers .cm-gutterElement:visible').nth(2).innerText()).toBe('3');
  });

  it('at the height of a folded sample, with all of its lines; Revert leaves it folded', async () => {
    const tutorial = await visit();
    const figure = tutorial.figure(SAMPLE);
    const height = async (): Promise<number> => (await figure.boundingBox())!.height;
    const before = await height();
    await tutorial.openEditor(SAMPLE);
    expect((await height()) - before).toBeLessThan(60);
    expect(await tutorial.editor(SAMPLE).innerText()).toContain('CONNECTION = {');
    await tutorial.button(SAMPLE, 'edit').click();
    await expect.poll(() => figure.locator('.fold').count()).toBe(1);
    expect(await height()).toBe(before);
  });

  it('with the cursor where the code was clicked last', async () => {
    const tutorial = await visit();
    const name = tutorial.figure(SAMPLE).locator('.code .code-function', { hasText: 'transfer_half' });
    await name.click({ position: { x: 1, y: 6 } });
    await tutorial.openEditor(SAMPLE);
    await tutorial.page.keyboard.type('safely_');
    expect(await tutorial.editor(SAMPLE).innerText()).toContain('def safely_transfer_half(');
    const command = tutorial.figure(STEP.install).locator('.code .code-string', { hasText: 'install' });
    await command.click({ position: { x: 1, y: 6 } });
    await tutorial.openEditor(STEP.install);
    await tutorial.page.keyboard.type('re');
    expect(await textOf(tutorial, STEP.install)).toBe('python -m pip reinstall pony');
  });

  it('that is indented like Python, with matching brackets marked', async () => {
    const tutorial = await visit();
    await tutorial.edit(SAMPLE, '');
    const { keyboard } = tutorial.page;
    await keyboard.type('def go(a):');
    await keyboard.press('Enter');
    await keyboard.type('if a:');
    await keyboard.press('Enter');
    await keyboard.type('b');
    await keyboard.press('Tab');
    await keyboard.type('= (1)');
    expect(await textOf(tutorial, SAMPLE)).toBe('def go(a):\n    if a:\n        b   = (1)');
    expect(await tutorial.editor(SAMPLE).locator('.cm-matchingBracket').allTextContents()).toEqual(['(', ')']);
    await keyboard.press('Shift+Tab');
    expect(await textOf(tutorial, SAMPLE)).toBe('def go(a):\n    if a:\n    b   = (1)');
  });

  it('and leaves the editor with Escape and Tab, as the line below it tells everybody', async () => {
    const tutorial = await visit();
    const editor = await tutorial.openEditor(STEP.install);
    const hint = await editor.evaluate(
      (each) =>
        (each.getRootNode() as ShadowRoot).getElementById(each.getAttribute('aria-describedby') ?? '')?.innerText,
    );
    expect(hint).toMatch(/^Tab indents\. Escape, then Tab leaves\./);
    expect([
      await editor.getAttribute('role'),
      await editor.getAttribute('aria-multiline'),
      await editor.getAttribute('aria-label'),
    ]).toEqual(['textbox', 'true', 'Edit python -m pip install pony']);
    const isInside = (): Promise<boolean> =>
      tutorial
        .figure(STEP.install)
        .locator('.editor')
        .evaluate((host) => document.activeElement === host);
    await tutorial.page.keyboard.press('Tab');
    expect(await isInside()).toBe(true);
    await tutorial.page.keyboard.press('Escape');
    await tutorial.page.keyboard.type('x');
    await tutorial.page.keyboard.press('Tab');
    expect(await isInside()).toBe(true);
    await tutorial.page.keyboard.press('Escape');
    await tutorial.page.keyboard.press('Tab');
    expect(await isInside()).toBe(false);
    await tutorial.page.keyboard.press('Shift+Tab');
    expect(await isInside()).toBe(true);
    await tutorial.page.keyboard.press('Escape');
    await tutorial.page.keyboard.press('Shift+Tab');
    expect(await isInside()).toBe(false);
  });

  it('and searches in it without triggering the page’s own search', async () => {
    const tutorial = await visit();
    const editor = await tutorial.openEditor(SAMPLE);
    await tutorial.page.keyboard.type('/');
    await editor.press('Control+f');
    const panel = tutorial.figure(SAMPLE).locator('.cm-search');
    await tutorial.page.keyboard.type('transfer_half');
    await tutorial.page.keyboard.press('Enter');
    await expect.poll(() => editor.locator('.cm-searchMatch-selected').innerText()).toBe('transfer_half');
    // Neither the page's head above nor its bar below covers what was found.
    await expect
      .poll(() =>
        editor.locator('.cm-searchMatch-selected').evaluate((match) => {
          const { top, bottom } = match.getBoundingClientRect();
          return top > 56 && bottom < document.querySelector('[data-cluster]')!.getBoundingClientRect().top;
        }),
      )
      .toBe(true);
    await tutorial.page.keyboard.press('Escape');
    await expect.poll(() => panel.count()).toBe(0);
    expect(await tutorial.page.locator('[data-search]').evaluate((dialog) => (dialog as HTMLDialogElement).open)).toBe(
      false,
    );
  });

  it('by typing over a selection, without violating a policy', async () => {
    const tutorial = await visit();
    const refused: string[] = [];
    tutorial.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    const editor = await tutorial.openEditor(STEP.createUser.insecure);
    const before = await textOf(tutorial, STEP.createUser.insecure);
    await editor.press('Control+a');
    await tutorial.page.keyboard.type('SELECT 1;');
    await expect.poll(() => textOf(tutorial, STEP.createUser.insecure)).toBe('SELECT 1;');
    await editor.press('Control+z');
    await expect.poll(() => textOf(tutorial, STEP.createUser.insecure)).toBe(before);
    expect(refused).toEqual([]);
  });

  it('and undoes changes, also after Done and after Revert', async () => {
    const tutorial = await visit();
    await tutorial.openEditor(STEP.install);
    await tutorial.page.keyboard.type('time ');
    await tutorial.button(STEP.install, 'edit').click();
    const code = tutorial.figure(STEP.install).locator('.code');
    expect(await code.innerText()).toBe('time python -m pip install pony');
    await tutorial.openEditor(STEP.install);
    await tutorial.page.keyboard.press('Control+z');
    expect(await textOf(tutorial, STEP.install)).toBe('python -m pip install pony');
    await tutorial.page.keyboard.press('Control+y');
    expect(await textOf(tutorial, STEP.install)).toBe('time python -m pip install pony');
    await tutorial
      .figure(STEP.install)
      .getByRole('button', { name: /^Revert/ })
      .click();
    expect(await code.innerText()).toBe('$ python -m pip install pony');
    await tutorial.openEditor(STEP.install);
    await tutorial.page.keyboard.press('Control+z');
    expect(await textOf(tutorial, STEP.install)).toBe('time python -m pip install pony');
  });

  it.each([
    [
      SAMPLE,
      'import os  # why\n\n\n@there\ndef go():\n    return "x"',
      { import: 'keyword', '# why': 'comment', go: 'function', '"x"': 'string' },
    ],
    [
      STEP.createUser.insecure,
      "SELECT 12 FROM t WHERE s = 'x' -- why",
      { SELECT: 'keyword', 12: 'constant', "'x'": 'string', '-- why': 'comment' },
    ],
    [
      STEP.install,
      "for i in 1 2; do echo 'x'; done # why",
      { for: 'keyword', "'x'": 'string', '# why': 'comment', echo: 'constant' },
    ],
  ])('that keeps its colours when it is done, the page’s own: %s', async (step, text, pieces) => {
    const tutorial = await visit();
    await tutorial.edit(step, text);
    await tutorial.button(step, 'edit').click();
    const code = tutorial.figure(step).locator('.code');
    await expect
      .poll(async () =>
        Object.fromEntries(
          await code.locator('span').evaluateAll((spans) => spans.map((span) => [span.textContent, span.className])),
        ),
      )
      .toMatchObject(Object.fromEntries(Object.entries(pieces).map(([piece, is]) => [piece, `code-${is}`])));
    expect(await code.locator('code').textContent()).toBe(text);
    await tutorial.page.reload();
    await expect.poll(() => code.locator('.code-keyword').count()).toBeGreaterThan(0);
  });

  it.each(THEMES.map((theme) => ({ theme, scheme: theme.colorScheme })))(
    'and no accessibility rule is broken meanwhile, $scheme',
    async ({ theme }) => {
      const tutorial = await visit(theme);
      await (await tutorial.openEditor(SAMPLE)).press('Control+f');
      await tutorial.openEditor(STEP.createUser.insecure);
      await tutorial.page.keyboard.type('x');
      expect(await violations(tutorial.page)).toEqual([]);
      expect(await hasFocus(tutorial.figure(STEP.createUser.insecure).locator('.editor'))).toBe(true);
    },
  );
});
