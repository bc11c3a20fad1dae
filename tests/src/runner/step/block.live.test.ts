import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DIST } from '../../../../commands/client/dist.ts';
import type { Block, BlockMarks } from '../../../../src/runner/step/block.ts';
import { useChromium } from '../../../browser/chromium.ts';
import { STEP } from '../../../browser/tutorial-page.ts';

const ENTRY = resolve(import.meta.dirname, '../../../../src/runner/step/block.ts');
const INSTALL = 'python -m pip install pony';
const PAGE = join(DIST, 'build-a-python-app-with-cockroachdb-pony.html');
const MARKS: BlockMarks = { state: 'idle', isNext: false, does: 'run', number: 1, earlier: [], blocked: undefined };

declare global {
  interface Window {
    blocks: Block[];
    again: number;
  }
}

/** Bundles the module under test into a classic script that fills `window.blocks`. */
async function bundle(): Promise<string> {
  const build = await rolldown({ input: ENTRY, platform: 'browser' });
  try {
    const { output } = await build.generate({ format: 'iife', name: 'tested', codeSplitting: false });
    return `${output[0].code}\nwindow.blocks = tested.readBlocks();`;
  } finally {
    await build.close();
  }
}

describe('a block', () => {
  const open = useChromium();
  let script = '';
  let page: Page;
  beforeAll(async () => {
    script = await bundle();
  });
  /** The figures of the built page, and none of its own scripts. */
  beforeEach(async () => {
    page = await open();
    await page.setContent(readFileSync(PAGE, 'utf8').replaceAll(/<script[^]*?<\/script>|<link[^>]*>/g, ''));
    await page.addScriptTag({ content: script });
  });

  /** Calls `read` in the page, with the block of that step. */
  const ask = async <T, V = undefined>(id: string, read: (block: Block, value: V) => T, value?: V): Promise<T> => {
    const block = await page.evaluateHandle((step) => window.blocks.find((each) => each.id === step)!, id);
    return await block.evaluate(read as (block: Block, value: unknown) => T, value);
  };
  const mark = (id: string, marks: Partial<BlockMarks>): Promise<void> =>
    ask(id, (block, value) => block.mark(value), { ...MARKS, ...marks });
  const look = (id: string): Promise<{ classes: string[]; badge: string; said: string }> =>
    ask(id, ({ figure }) => {
      const badge = figure.querySelector('.badge')!;
      return {
        classes: [...figure.classList].filter((name) => name !== 'block'),
        badge: badge.querySelector('[aria-hidden]')?.textContent ?? '',
        said: (badge.querySelector('.visually-hidden') ?? badge).textContent,
      };
    });
  const buttonOf = (id: string, action: string): Promise<Record<string, string | boolean | null>> =>
    ask(
      id,
      (block, name) => {
        const button = block.button(name)!;
        return {
          text: button.textContent,
          title: button.title,
          label: button.getAttribute('aria-label'),
          description: button.getAttribute('aria-description'),
          hidden: button.hidden,
          stop: button.classList.contains('stop'),
          blocked: button.classList.contains('blocked'),
        };
      },
      action,
    );
  const run = (id: string): ReturnType<typeof buttonOf> => buttonOf(id, 'run');

  it('contains what its author wrote, until the reader edits it', async () => {
    const read = ({ kind, mode, text, original, authored, step }: Block): object => ({
      kind,
      mode,
      text,
      original,
      authored: JSON.parse(authored) as unknown,
      step,
    });
    const identity = ['shell', INSTALL, null, null, null];
    const written = { kind: 'shell', mode: null, original: INSTALL, authored: identity };
    const step = { id: STEP.install, kind: 'shell', command: INSTALL };
    expect(await ask(STEP.install, read)).toEqual({ ...written, text: INSTALL, step });
    await ask(STEP.install, (block) => void (block.edited = 'echo mine'));
    expect(await ask(STEP.install, read)).toEqual({
      ...written,
      text: 'echo mine',
      step: { ...step, command: 'echo mine' },
    });
  });

  it('exists for each figure of the page, in page order, with the mode that shows it', async () => {
    const found = await page.evaluate(() => ({
      blocks: window.blocks.map(({ id, mode }) => [id, mode]),
      figures: [...document.querySelectorAll('figure[data-step]')].map((figure) => figure.id),
    }));
    expect(found.figures.length).toBeGreaterThan(4);
    expect(found.blocks.map(([id]) => `step-block-${id}`)).toEqual(found.figures);
    expect(found.blocks).toContainEqual([STEP.createUser.secure, 'secure']);
    expect(found.blocks).toContainEqual([STEP.install, null]);
  });

  it('is named after its file, or after the first line of its code, shortened if necessary', async () => {
    const title = (id: string): Promise<string> => ask(id, (block) => block.title);
    expect(await title(STEP.sample.secure)).toBe('pony-basic-sample.py');
    expect(await title(STEP.install)).toBe(INSTALL);
    await ask(STEP.install, (block) => void (block.edited = '\nSELECT 1;\nSELECT 2;'));
    expect(await title(STEP.install)).toBe('SELECT 1');
    await ask(STEP.install, (block) => void (block.edited = 'x'.repeat(61)));
    expect(await title(STEP.install)).toBe(`${'x'.repeat(59)}…`);
  });

  it('tells screen readers to which block each button belongs', async () => {
    expect(await buttonOf(STEP.install, 'copy')).toMatchObject({ label: `Copy: ${INSTALL}` });
    expect(await buttonOf(STEP.install, 'edit')).toMatchObject({ label: `Edit: ${INSTALL}` });
    expect(await buttonOf(STEP.install, 'scope')).toMatchObject({ label: `What else to run: ${INSTALL}` });
    expect(await buttonOf(STEP.sample.secure, 'download')).toMatchObject({ label: 'Download: pony-basic-sample.py' });
  });

  it.each([
    ['idle', '', ''],
    ['waiting', '·', 'waiting'],
    ['running', '…', 'running'],
    ['done', '✓', 'done'],
    ['failed', '✗', 'failed'],
    ['stale', '', 'out of date'],
  ] as const)('that is %s has that state alone: a sign for the eye, else the word', async (state, badge, said) => {
    await mark(STEP.install, { state: state === 'running' ? 'done' : 'running' });
    await mark(STEP.install, { state });
    expect(await look(STEP.install)).toEqual({ classes: [state], badge, said });
    await mark(STEP.install, { state, isNext: true });
    expect((await look(STEP.install)).classes).toEqual([state, 'next']);
  });

  it('names its success after what it does', async () => {
    expect(await ask(STEP.runSample, (block) => block.doneWord)).toBe('Done');
    expect(await ask(STEP.sample.secure, (block) => block.doneWord)).toBe('Written');
    await mark(STEP.sample.secure, { state: 'done' });
    expect(await look(STEP.sample.secure)).toMatchObject({ badge: '✓', said: 'written' });
  });

  it('has a button that says what a press does, with the earlier steps by name', async () => {
    await mark(STEP.runSample, { number: 4 });
    expect(await run(STEP.runSample)).toMatchObject({ text: 'Run', title: '', description: null });
    expect(await ask(STEP.runSample, (block) => block.number)).toBe(4);
    await mark(STEP.runSample, { earlier: ['pip install pony', 'pony-basic-sample.py'] });
    expect(await run(STEP.runSample)).toEqual({
      text: 'Run with 2 earlier steps',
      label: 'Run with 2 earlier steps: python pony-basic-sample.py',
      title: 'First: pip install pony; pony-basic-sample.py',
      description: 'First: pip install pony; pony-basic-sample.py',
      hidden: false,
      stop: false,
      blocked: false,
    });
    await mark(STEP.runSample, { does: 'stop', earlier: ['pip install pony'] });
    expect(await run(STEP.runSample)).toMatchObject({ text: 'Stop', stop: true });
    expect(await buttonOf(STEP.runSample, 'scope')).toMatchObject({ hidden: true });
    await mark(STEP.runSample, {});
    expect(await run(STEP.runSample)).toMatchObject({ text: 'Run', stop: false, title: '', description: null });
    expect(await buttonOf(STEP.runSample, 'scope')).toMatchObject({ hidden: false });
  });

  it('keeps a button that would do nothing, and the button says why', async () => {
    await mark(STEP.install, { blocked: 'The server is away.' });
    expect(await run(STEP.install)).toMatchObject({ text: 'Run', title: 'The server is away.', blocked: true });
    await mark(STEP.install, {});
    expect(await run(STEP.install)).toMatchObject({ title: '', blocked: false });
  });

  it('says below the code what went wrong, as text, and offers to retry from the keyboard', async () => {
    await ask(STEP.install, (block) => {
      window.again = 0;
      block.showProblem('It <b>failed</b>.', () => void (window.again += 1));
    });
    const result = page.locator(`#step-block-${STEP.install} [data-result]`);
    expect(await result.isVisible()).toBe(true);
    expect(await result.locator('.notice.failed').textContent()).toBe('It <b>failed</b>. Try again');
    await result.getByRole('button', { name: 'Try again' }).press('Enter');
    expect(await page.evaluate(() => window.again)).toBe(1);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['action'])).toBe('run');
  });
});
