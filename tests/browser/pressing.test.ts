import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('what a press means', { timeout: 180_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (tutorial?: TutorialPage): Promise<TutorialPage> => {
    const visited = new TutorialPage(tutorial ? await tutorial.page.context().newPage() : await open());
    await visited.visit(server().url, 'insecure');
    await expect.poll(() => visited.button(STEP.count, 'run').innerText()).toContain('earlier');
    return visited;
  };
  const choose = async (tutorial: TutorialPage, step: string, entry: RegExp): Promise<void> => {
    await tutorial.figure(step).locator('[data-action="scope"]').click();
    await tutorial.page.getByRole('menuitem', { name: entry }).click();
  };

  it('is announced with the earlier steps that it does first', async () => {
    const tutorial = await visit();
    const run = tutorial.button(STEP.count, 'run');
    expect(await run.getAttribute('title')).toMatch(/^First: python -m pip install pony; [^;]+; [^;]+; /);
    expect(await run.getAttribute('aria-description')).toBe(await run.getAttribute('title'));
  });

  it('can be this step only, from here to the end, or everything', async () => {
    const tutorial = await visit();
    await choose(tutorial, STEP.createUser.insecure, /This step only/);
    await tutorial.tells(/^Done: /);
    expect(await tutorial.result(STEP.install).innerText()).toBe('');
    await choose(tutorial, STEP.runSample, /From here to the end/);
    await tutorial.ends(STEP.count);
    await tutorial.shows(STEP.runSample, /Created 100 accounts/);
    await choose(tutorial, STEP.install, /Everything, in a new cluster/);
    await tutorial.shows(STEP.count, /as expected/);
    await tutorial.shows(STEP.runSample, /as expected/);
  });

  it('is offered in a menu that the next press on its button closes', async () => {
    const tutorial = await visit();
    for (const is of [true, false, true, false]) {
      await tutorial.page.getByRole('button', { name: /^What else to run: SELECT COUNT/ }).click();
      await expect.poll(() => tutorial.page.getByRole('menu').isVisible()).toBe(is);
    }
  });

  it('is offered by keyboard too, and focus returns', async () => {
    const tutorial = await visit();
    const scope = tutorial.figure(STEP.count).locator('[data-action="scope"]');
    await scope.focus();
    await tutorial.page.keyboard.press('Enter');
    await expect
      .poll(() => tutorial.page.evaluate(() => document.activeElement?.getAttribute('role')))
      .toBe('menuitem');
    await tutorial.page.keyboard.press('ArrowDown');
    await tutorial.page.keyboard.press('Escape');
    await expect.poll(() => scope.evaluate((button) => document.activeElement === button)).toBe(true);
  });

  it.each([
    ['echo done; exit 3', 'exit code 3'],
    ['echo done', 'Done in'],
  ])('on Stop, when %j has just told how it ended, changes nothing of that', async (code, told) => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, code);
    const run = tutorial.button(STEP.install, 'run');
    await run.evaluate((button, words) => {
      const figure = button.closest('figure')!;
      const observer = new MutationObserver(() => {
        if (!figure.querySelector('[data-result]')?.textContent.includes(words)) return;
        observer.disconnect();
        document.body.dataset['pressed'] = button.textContent;
        (button as HTMLElement).click();
      });
      observer.observe(figure, { subtree: true, childList: true, characterData: true });
    }, told);
    await run.click();
    await tutorial.tells(/^(Done|Failed): /);
    expect(await tutorial.page.evaluate(() => document.body.dataset['pressed'])).toBe('Stop');
    await expect.poll(() => run.innerText()).toBe('Run');
    expect(await tutorial.result(STEP.install).innerText()).toContain(told);
    expect(await tutorial.result(STEP.install).innerText()).not.toContain('Stopping');
  });

  it('of a file runs the step that uses it', async () => {
    const tutorial = await visit();
    await tutorial.button(STEP.sample.insecure, 'run').click();
    await tutorial.shows(STEP.runSample, /Created 100 accounts/);
  });

  it('is one when it is a double click', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, 'echo begun; sleep 1; echo over');
    await tutorial.button(STEP.install, 'run').dblclick();
    await tutorial.shows(STEP.install, /over/);
    await tutorial.ends(STEP.install);
  });

  it('is one when a double click makes the button shorter, so that another is under the pointer', async () => {
    const tutorial = await visit();
    await tutorial.button(STEP.count, 'run').dblclick({ delay: 100 });
    await tutorial.ends(STEP.count);
    expect(await tutorial.editor(STEP.count).count()).toBe(0);
  });

  it('is one when its keys are held down, or pressed again while it runs', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, 'echo begun; sleep 1; echo over');
    const { keyboard } = tutorial.page;
    await keyboard.down('Control');
    for (const _ of ['down', 'held', 'held']) await keyboard.down('Enter');
    await keyboard.up('Enter');
    await tutorial.shows(STEP.install, /begun/);
    await keyboard.press('Enter');
    await keyboard.up('Control');
    await tutorial.shows(STEP.install, /A step is running already/);
    await tutorial.shows(STEP.install, /over/);
    await tutorial.ends(STEP.install);
  });

  it('numbers the steps, fills the button of the next one, and ticks off what is done', async () => {
    const tutorial = await visit();
    const next = (): Promise<string[]> =>
      tutorial.page
        .locator('figure.next:visible')
        .evaluateAll((figures) => figures.map((figure) => figure.id.replace('step-block-', '')));
    expect(await tutorial.page.locator('figure[data-step]:visible .number:visible').allInnerTexts()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    expect(await next()).toEqual([STEP.install]);
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    expect(await next()).not.toEqual([STEP.install]);
    expect(await tutorial.page.locator('.contents summary').innerText()).toContain('1 of 9 done');
    expect(await tutorial.page.locator('article h2 .section-done:visible').count()).toBe(1);
  });

  it.each(MODES)(
    'ticks off the sections whose steps are done, under the headings of its own mode, %s',
    async (mode) => {
      const tutorial = new TutorialPage(await open());
      await tutorial.visit(server().url, mode);
      await tutorial.press(STEP.count);
      await tutorial.ends(STEP.count);
      const withSteps = mode === 'secure' ? ['Step 1', 'Step 2', 'Step 3', 'Step 4'] : ['Step 1', 'Step 2', 'Step 3'];
      const ticked = tutorial.page
        .locator('article h2:visible')
        .filter({ has: tutorial.page.locator('.section-done:visible') });
      expect((await ticked.allInnerTexts()).map((text) => text.slice(0, 6))).toEqual(withSteps);
      expect(await tutorial.page.locator('.contents a .section-done:visible').count()).toBe(withSteps.length);
    },
  );

  it('that fails is out of date as soon as its code changes, also after a reload', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, 'echo bad; exit 3');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /exit code 3/);
    await tutorial.edit(STEP.install, 'echo good');
    expect(await tutorial.figure(STEP.install).evaluate((figure) => figure.classList.contains('edited'))).toBe(true);
    await tutorial.shows(STEP.install, /The code was edited after this ran/);
    await tutorial.page.reload();
    await tutorial.shows(STEP.install, /exit code 3/);
    await tutorial.shows(STEP.install, /The code was edited after this ran/);
  });

  it('says which earlier step ended it, and leads there', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.createUser.insecure, 'SELECT nonsense');
    await tutorial.button(STEP.createUser.insecure, 'edit').click();
    await tutorial.press(STEP.count);
    await tutorial.shows(STEP.count, /This needs step 3, SELECT nonsense, which did not succeed/);
    await tutorial.result(STEP.count).getByRole('button', { name: 'Show step 3' }).click();
    await expect
      .poll(() =>
        tutorial.button(STEP.createUser.insecure, 'run').evaluate((button) => document.activeElement === button),
      )
      .toBe(true);
  });

  it('in two tabs at the same moment uses one cluster, and neither tab says that it is lost', async () => {
    const first = await visit();
    const second = await visit(first);
    const ranIn: string[] = [];
    for (const { page } of [first, second]) {
      page.on('request', (request) => {
        const sandbox = /\/api\/sandboxes\/(\w+)\/runs$/.exec(request.url())?.[1];
        if (request.method() === 'POST' && sandbox !== undefined) ranIn.push(sandbox);
      });
    }
    await Promise.all([first.press(STEP.install), second.press(STEP.install)]);
    await expect
      .poll(
        async () =>
          (await Promise.all([first, second].map((tab) => tab.result(STEP.install).innerText()))).some((text) =>
            /Done in/.test(text),
          ),
        { timeout: 60_000 },
      )
      .toBe(true);
    await expect.poll(() => ranIn.length).toBe(2);
    expect(new Set(ranIn).size).toBe(1);
    for (const tab of [first, second]) expect(await tab.cluster.innerText()).not.toMatch(/is lost|no longer/);
  });

  it('does not happen when a pointer merely rests where a button appears', async () => {
    const tutorial = await visit();
    const asked: string[] = [];
    tutorial.page.on('request', (request) => {
      if (request.method() === 'POST') asked.push(request.url());
    });
    const box = (await tutorial.button(STEP.count, 'run').boundingBox())!;
    const viewport = tutorial.page.viewportSize()!;
    await tutorial.page.mouse.move(box.x + 4, viewport.height / 2);
    await tutorial
      .button(STEP.count, 'run')
      .evaluate((button) => button.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await expect
      .poll(() => tutorial.button(STEP.count, 'run').evaluate((button) => button.matches(':hover')))
      .toBe(true);
    expect(asked).toEqual([]);
    await tutorial.page.mouse.move(box.x + 8, viewport.height / 2 + 2);
    await expect.poll(() => asked.length).toBe(1);
  });

  it('can be restored after a mistaken Revert', async () => {
    const tutorial = await visit();
    await tutorial.edit(STEP.install, 'echo mine');
    await tutorial
      .figure(STEP.install)
      .getByRole('button', { name: /^Revert/ })
      .click();
    expect(await tutorial.figure(STEP.install).locator('pre').first().innerText()).toContain('pip install pony');
    await tutorial
      .figure(STEP.install)
      .getByRole('button', { name: /^Undo the revert/ })
      .click();
    expect(await tutorial.figure(STEP.install).locator('pre').first().innerText()).toContain('echo mine');
  });
});
