import { describe, expect, it } from 'vitest';
import { withText } from '../../shared/step.ts';
import { withStep } from '../support/html-steps.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const FITS = /^Done in .*, as expected$/m;

describe('what a step should print', () => {
  const { server } = useServer();
  const open = useChromium();

  it('is folded in the step’s figure before the step is run, and can be opened', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    const expected = tutorial.figure(STEP.runSample).locator('.expected');
    expect(await expected.locator('pre').isVisible()).toBe(false);
    await expected.locator('summary').click();
    expect(await expected.locator('pre').innerText()).toBe(
      'Found 0 accounts.\nCreated 100 accounts.\nMoved number from account number to account number.',
    );
    expect(await tutorial.figure(STEP.runSample).locator('.recorded:visible').count()).toBe(0);
  });

  it('can be read without scripts, and on paper', async () => {
    const plain = new TutorialPage(await open({ javaScriptEnabled: false }));
    await plain.visit(server().url, 'insecure');
    expect(await plain.figure(STEP.count).locator('.expected pre').isVisible()).toBe(true);
    expect(await plain.figure(STEP.count).locator('.recorded:visible').count()).toBe(0);
    const paper = new TutorialPage(await open());
    await paper.visit(server().url, 'insecure');
    await paper.page.emulateMedia({ media: 'print' });
    expect(await paper.figure(STEP.count).locator('.expected pre').isVisible()).toBe(true);
  });

  it('is replaced by its recording while the server is away; what the reader opened stays open', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.page.route('**/api/**', (route) => route.abort());
    await tutorial.visit(server().url, 'insecure');
    const recorded = (step: string): ReturnType<typeof tutorial.figure> =>
      tutorial.figure(step).locator('.recorded:visible');
    for (const [step, output] of [
      [STEP.install, 'Requirement already satisfied: pony'],
      [STEP.runSample, 'Created 100 accounts.'],
      [STEP.count, '    100\n(1 row)'],
    ] as const) {
      await expect.poll(() => recorded(step).locator('pre').innerText()).toContain(output);
      expect(await recorded(step).locator('summary').innerText()).toMatch(
        /^Recorded on \d{4}-\d\d-\d\d on .*CockroachDB.*; the server that runs code cannot be reached now\.$/,
      );
    }
    await recorded(STEP.install).locator('summary').click();
    await recorded(STEP.install).locator('summary').click();
    await tutorial.page.unroute('**/api/**');
    await expect.poll(() => recorded(STEP.runSample).count()).toBe(0);
    expect(await recorded(STEP.install).locator('pre').isVisible()).toBe(true);
    expect(await recorded(STEP.install).locator('summary').innerText()).not.toContain('cannot be reached');
  });

  it('is replaced by its recording when the server does not answer, and the bar says why', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.page.route('**/api/**', () => undefined);
    await tutorial.visit(server().url, 'insecure');
    await expect
      .poll(() => tutorial.figure(STEP.count).locator('.recorded:visible summary').innerText())
      .toContain('the server that runs code does not answer');
    expect(await tutorial.cluster.innerText()).toContain('The server that runs the code does not answer.');
  });
});

describe.skipIf(withoutSandbox)('what a step printed, compared with what it should print', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };
  const difference = async (tutorial: TutorialPage, step: string): Promise<string[]> =>
    (await tutorial.result(step).locator('.lines').innerText()).split('\n');

  it('is as expected, then differs and says why, also after a reload', async () => {
    const tutorial = await visit();
    await tutorial.press(STEP.count);
    await tutorial.shows(STEP.count, FITS);
    await tutorial.shows(STEP.runSample, FITS);
    await tutorial.tells(/^Done: SELECT COUNT.* As expected\.$/);
    expect(await tutorial.result(STEP.install).innerText()).not.toContain('expected');
    expect(await tutorial.page.locator('.expected:visible').count()).toBe(0);
    await tutorial.ends(STEP.count);

    await tutorial.press(STEP.runSample);
    await tutorial.shows(STEP.runSample, /differs from the expected output in 1 line$/m);
    await tutorial.tells(
      /differs from the expected output in 1 line\. It had run in this cluster before: bank\.accounts held 100 rows\.$/,
    );
    await tutorial.shows(STEP.runSample, /^It had run in this cluster before: bank\.accounts held 100 rows\.$/m);
    expect((await difference(tutorial, STEP.runSample)).slice(0, 3)).toEqual([
      '− Found 0 accounts.',
      '+ Found 100 accounts.',
      '  Created 100 accounts.',
    ]);
    const printed = tutorial.result(STEP.runSample).locator('.printed');
    expect(await printed.isVisible()).toBe(false);
    await tutorial.result(STEP.runSample).getByRole('button', { name: 'As printed' }).click();
    expect((await printed.innerText()).split('\n').slice(0, 2)).toEqual([
      'Found 100 accounts.',
      'Created 100 accounts.',
    ]);
    expect(await tutorial.result(STEP.runSample).locator('.lines').isVisible()).toBe(false);

    await tutorial.ends(STEP.runSample);
    await tutorial.press(STEP.count);
    await tutorial.shows(STEP.count, /differs from the expected output in 1 line$/m);
    for (const _ of ['as it comes', 'after a reload']) {
      await tutorial.shows(STEP.count, /^“python pony-basic-sample\.py” has run 2 times in this cluster\.$/m);
      await expect
        .poll(() => difference(tutorial, STEP.count))
        .toEqual(['    count', '  ---------', '−     100', '+     200', '  (1 row)']);
      expect(await tutorial.figure(STEP.count).locator('.expected, .recorded').filter({ visible: true }).count()).toBe(
        0,
      );
      await tutorial.ends(STEP.count);
      await tutorial.page.reload();
    }
  });

  it('is not compared when the step or the file that it runs is edited', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.sample.insecure, 'print("mine")\n');
    await tutorial.press(STEP.runSample);
    await tutorial.shows(STEP.runSample, /^Done in .*, not compared: pony-basic-sample\.py is edited$/m);
    await tutorial.tells(/Not compared: pony-basic-sample\.py is edited\.$/);
    expect(await tutorial.figure(STEP.runSample).locator('.expected summary').isVisible()).toBe(true);
    await tutorial.edit(STEP.count, 'SELECT 1 AS one;');
    await tutorial.press(STEP.count);
    await tutorial.shows(STEP.count, /^Done in .*, not compared: the code is edited$/m);
  });

  it('shows the relevant lines of a long difference, words for captures, signs for invisible characters', async () => {
    const tutorial = new TutorialPage(await open());
    const wanted = Array.from({ length: 40 }, (_, line) => (line === 19 ? '{word} {int}' : String(line + 1))).join(
      '\n',
    );
    await tutorial.page.route(/pony\.html/, async (route) => {
      const answer = await route.fetch();
      const html = withStep(await answer.text(), STEP.install, (each) => ({
        ...each,
        step: withText(each.step, String.raw`seq 1 19; printf '\001\n'; seq 21 40`),
        expected: { text: wanted, unordered: false },
      }));
      await route.fulfill({ response: answer, body: html });
    });
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /differs from the expected output in 1 line$/m);
    const fold = tutorial.result(STEP.install).getByRole('button', { name: '⋯ 17 lines that fit' });
    expect((await difference(tutorial, STEP.install)).filter((line) => line !== '')).toEqual([
      '⋯ 17 lines that fit',
      '  18',
      '  19',
      '− word number',
      '+ \u2401',
      '  21',
      '  22',
      '⋯ 18 lines that fit',
    ]);
    await fold.press('Enter');
    expect((await difference(tutorial, STEP.install)).slice(0, 2)).toEqual(['  1', '  2']);
    expect(
      await tutorial
        .result(STEP.install)
        .locator('.lines')
        .evaluate((box) => document.activeElement === box),
    ).toBe(true);
  });

  it('is shown even when the comparing code cannot be loaded: the expected output stays', async () => {
    const tutorial = await visit();
    await tutorial.page.route(/judgement/, (route) => route.abort());
    await tutorial.edit(STEP.install, 'echo fine');
    await tutorial.press(STEP.count);
    await tutorial.tells(/^Done: SELECT COUNT.*accounts\.$/);
    expect(await tutorial.result(STEP.count).locator('table td').allInnerTexts()).toEqual(['100']);
    expect(await tutorial.figure(STEP.count).locator('.expected summary').isVisible()).toBe(true);
  });
});
