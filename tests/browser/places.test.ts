import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('a person jumps to where it went wrong', { timeout: 180_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const SAMPLE = STEP.sample.insecure;
  const visit = async (): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open({ permissions: ['clipboard-read', 'clipboard-write'] }));
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };
  const marked = (tutorial: TutorialPage): Promise<string> => tutorial.editor(SAMPLE).locator('.cm-marked').innerText();

  it('from a traceback to the line of code, in the author’s text and in an editor', async () => {
    const tutorial = await visit();
    await tutorial.edit(
      STEP.install,
      "python -c \"open('/home/reader/pony-basic-sample.py', 'a'); exec(compile('\\n' * 20 + " +
        "'1/0', '/home/reader/pony-basic-sample.py', 'exec'))\"",
    );
    await tutorial.press(STEP.install);
    const link = tutorial
      .result(STEP.install)
      .getByRole('button', { name: 'File "/home/reader/pony-basic-sample.py", line 21' });
    await tutorial.tells(/^Failed/);
    await link.click();
    await tutorial.tells('Line 21: class Account(db.Entity):');
    const [mark, line] = await Promise.all([
      tutorial.figure(SAMPLE).locator('.line-mark').boundingBox(),
      tutorial.figure(SAMPLE).locator('.code-name', { hasText: 'Account' }).first().boundingBox(),
    ]);
    expect(Math.abs(mark!.y + mark!.height / 2 - line!.y - line!.height / 2)).toBeLessThan(3);
    await tutorial.edit(SAMPLE, `${'\n'.repeat(20)}print(1 / 0)\n`);
    await tutorial.button(SAMPLE, 'edit').click();
    await link.click();
    await expect.poll(() => marked(tutorial)).toBe('print(1 / 0)');
    await tutorial.page.keyboard.type('x');
    expect(await tutorial.editor(SAMPLE).innerText()).toContain('xprint(1 / 0)');
    expect(await tutorial.editor(SAMPLE).locator('.cm-marked').count()).toBe(0);
  });

  it('from below to a line that was folded away, which scrolls into view', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.runSample, `printf '  File "/home/reader/pony-basic-sample.py", line 9\\n'; exit 1`);
    await tutorial.press(STEP.runSample);
    const link = tutorial.result(STEP.runSample).getByRole('button', { name: /line 9$/ });
    expect(await tutorial.figure(SAMPLE).locator('.code details').count()).toBeGreaterThan(0);
    await tutorial.tells(/^Failed/);
    await link.click();
    const inWindow = (): Promise<boolean> =>
      tutorial
        .figure(SAMPLE)
        .locator('.line-mark')
        .evaluate((mark) => mark.getBoundingClientRect().top > 0 && mark.getBoundingClientRect().bottom < innerHeight);
    await expect.poll(inWindow).toBe(true);
  });

  it.each([1, 40, 500])('from below to line %i of the code in their editor, which nothing covers', async (line) => {
    const tutorial = await visit();
    await tutorial.edit(
      SAMPLE,
      Array.from({ length: 100 }, (_, at) => `line_${at + 1} = "${'long '.repeat(40)}"`).join('\n'),
    );
    await tutorial.edit(STEP.runSample, `printf '  File "/home/reader/pony-basic-sample.py", line ${line}\\n'; exit 1`);
    await tutorial.press(STEP.runSample);
    const link = tutorial.result(STEP.runSample).getByRole('button', { name: `line ${line}` });
    await tutorial.tells(/^Failed/);
    await link.click();
    const mark = tutorial.editor(SAMPLE).locator('.cm-marked');
    const isSeen = (): Promise<boolean> =>
      mark.evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        const { left, width } = (each.getRootNode() as ShadowRoot).host.getBoundingClientRect();
        return [top, bottom - 1].every(
          (y) => document.elementFromPoint(left + width / 2, y)?.matches('.editor') === true,
        );
      });
    await expect.poll(async () => (await mark.count()) === 1 && (await isSeen())).toBe(true);
  });

  it('from a SQL error to its position, which is marked in code and editor until the code changes', async () => {
    const tutorial = await visit();
    const step = STEP.createUser.insecure;
    await tutorial.edit(step, 'SELECT 1;\nSELECT * FORM t;');
    await tutorial.press(step);
    await tutorial.shows(step, /syntax error/);
    await expect.poll(() => tutorial.editor(step).locator('.cm-mistake').innerText()).toBe('FORM');
    await tutorial.button(step, 'edit').click();
    await tutorial.page.reload();
    const mark = tutorial.figure(step).locator('.line-mark');
    await expect.poll(() => mark.evaluate((each) => getComputedStyle(each).getPropertyValue('--line'))).toBe('1');
    await tutorial.result(step).getByRole('button', { name: 'Show the place' }).click();
    await expect.poll(() => tutorial.editor(step).locator('.cm-mistake').innerText()).toBe('FORM');
    await tutorial.editor(step).fill('SELECT 1;');
    await expect.poll(() => tutorial.editor(step).locator('.cm-mistake').count()).toBe(0);
  });

  it('in a long output, whose folded middle the browser’s search finds, and which is copied whole', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, 'seq 1 100');
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    const all = Array.from({ length: 100 }, (_, at) => String(at + 1));
    const out = tutorial.result(STEP.install).locator('.out');
    expect(await tutorial.lines(STEP.install)).toEqual([...all.slice(0, 5), '⋯ Show all 100 lines', ...all.slice(-15)]);
    expect(await out.evaluate((box) => box.scrollHeight - box.clientHeight)).toBeLessThanOrEqual(1);
    expect(await out.locator('.folded').getAttribute('hidden')).toBe('until-found');
    await tutorial.result(STEP.install).getByRole('button', { name: 'Copy output' }).click();
    await expect.poll(async () => (await pasted(tutorial.page)).trimEnd()).toBe(all.join('\n'));
    // What a browser does when its search finds something there. A test cannot open that search.
    await out.locator('.folded').evaluate((folded) => folded.dispatchEvent(new Event('beforematch')));
    expect(await tutorial.lines(STEP.install)).toEqual(all);
    await tutorial.page.reload();
    await out.getByRole('button', { name: 'Show all 100 lines' }).press('Enter');
    expect(await tutorial.lines(STEP.install)).toEqual(all);
  });
});
