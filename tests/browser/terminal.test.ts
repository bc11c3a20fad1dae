import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { TerminalPage } from './terminal-page.ts';
import { STEP } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('a terminal in the page', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (mode: 'secure' | 'insecure'): Promise<TerminalPage> => {
    const tutorial = new TerminalPage(await open());
    await tutorial.visit(server().url, mode);
    return tutorial;
  };

  it('opens from the bar, in the folder of the steps’ files, and runs what is typed', async () => {
    const tutorial = await visit('insecure');
    await tutorial.press(STEP.runSample);
    await tutorial.ends(STEP.runSample);
    await tutorial.openTerminal();
    await tutorial.enter('ls *.py; echo $((6 * 7)) it is', /pony-basic-sample\.py\n42 it is/);
    await tutorial.enter(`python3 -c "print('be' + 'gun'); print(input() * 2)"`, /\nbegun/);
    await tutorial.enter('yes', /yesyes/);
  });

  it('claims a cluster in the mode of the page, and the bar says so', async () => {
    const tutorial = await visit('secure');
    await expect.poll(() => tutorial.cluster.innerText()).toContain('Run starts a cluster');
    await tutorial.openTerminal();
    await expect.poll(() => tutorial.cluster.innerText()).toContain('Your cluster is ready');
    await tutorial.enter('ls certs', 'client.root.crt');
    await tutorial.page.locator('[data-mode-label="insecure"]').first().click();
    await tutorial.screenShows(/^\$$/);
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    await tutorial.screenShows('client.root.crt');
  });

  it('opens from the words “terminal” in each tutorial', async () => {
    const tutorial = await visit('insecure');
    for (const driver of ['', '-sqlalchemy', '-django', '-pony', '-peewee']) {
      await tutorial.page.goto(`${server().url}/build-a-python-app-with-cockroachdb${driver}.html?filters=insecure`);
      const words = tutorial.page.getByRole('button', { name: 'Open a new terminal' });
      expect(await words.count()).toBe(1);
    }
    const words = tutorial.page.getByRole('button', { name: 'Open a new terminal' });
    await words.click();
    await tutorial.screenShows(/\$$/);
    expect(await tutorial.focused()).toBe('Open a new terminal');
    const [box, drawer] = await Promise.all([words.boundingBox(), tutorial.drawer.boundingBox()]);
    expect(box!.y + box!.height).toBeLessThan(drawer!.y);
  });

  it('is plain text without scripts', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${server().url}/build-a-python-app-with-cockroachdb-pony.html`);
    expect(await page.getByText('Open a new terminal, and in it').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Open a new terminal' }).count()).toBe(0);
  });

  it('types a step’s command after running the steps that it needs', async () => {
    const tutorial = await visit('insecure');
    await tutorial.figure(STEP.runSample).locator('[data-action="scope"]').click();
    await tutorial.page.getByRole('menuitem', { name: /In the terminal/ }).click();
    await tutorial.screenShows(/\$ python pony-basic-sample\.py\n(?:[^]*)Created 100 accounts/);
    expect(await tutorial.result(STEP.runSample).innerText()).toBe('');
    await tutorial.shows(STEP.install, /Done in/);
  });

  it('asks before it types into a program that may not wait for a command', async () => {
    const tutorial = await visit('insecure');
    await tutorial.openTerminal();
    await tutorial.enter('echo begun; cat', /\nbegun/);
    await tutorial.figure(STEP.install).locator('[data-action="scope"]').click();
    await tutorial.page.getByRole('menuitem', { name: /In the terminal/ }).click();
    const question = tutorial.drawer.getByRole('alertdialog', { name: 'Type this?' });
    await expect.poll(() => question.innerText()).toContain('python -m pip install pony');
    await tutorial.page.keyboard.press('Escape');
    expect(await tutorial.screen()).not.toContain('pip');
  });

  it('opens the SQL shell of a step in place, and the focus stays on Run', async () => {
    const tutorial = await visit('secure');
    const shell = tutorial.page.locator(`figure[data-step*='"kind":"shell"'][data-step*='"session":']:visible`).last();
    const run = shell.locator('[data-action="run"]');
    await run.click();
    await tutorial.screenShows(/root@localhost:26257\/bank>$/);
    expect(await shell.locator('[data-result]').innerText()).toMatch(/Done in/);
    expect(await run.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await tutorial.tab('SQL shell').getAttribute('aria-selected')).toBe('true');
    // No key pressed there is lost.
    await tutorial.enter('SELECT count(*) FROM accounts;', /\n\s+100\n\(1 row\)/);
    expect(await tutorial.focused()).toBe('terminal');
    // Steps of the page see what is done in it only after a commit; the reader is told so once.
    expect(await tutorial.line.innerText()).toBe(
      'This shell and the page’s SQL steps are two sessions; each sees what the other has committed.',
    );
    await tutorial.drawer.getByRole('button', { name: 'OK' }).click();
    expect(await tutorial.line.innerText()).toBe('');
  });

  it('reuses an idle SQL shell for another step, and asks first when it is busy', async () => {
    const tutorial = await visit('insecure');
    const shells = tutorial.page.locator(`figure[data-step*='"kind":"shell"'][data-step*='"session":']:visible`);
    await shells.first().locator('[data-action="run"]').click();
    await tutorial.screenShows(/defaultdb>$/);
    await shells.last().locator('[data-action="run"]').click();
    await tutorial.screenShows(/bank>$/);
    await tutorial.enter('BEGIN;', /OPEN>$/);
    await shells.first().locator('[data-action="run"]').click();
    await expect.poll(() => tutorial.line.innerText()).toBe('Another SQL shell is open here.');
    await tutorial.drawer.getByRole('button', { name: 'Start the new one' }).click();
    await tutorial.screenShows(/defaultdb>$/);
  });

  it('ends its program when it is closed, and says when a program has ended', async () => {
    const tutorial = await visit('insecure');
    await tutorial.openTerminal();
    await tutorial.enter('exit 3', /exit/);
    await expect.poll(() => tutorial.line.innerText()).toBe('It has ended, with exit code 3.');
    await tutorial.drawer.getByRole('button', { name: 'Start again' }).click();
    await tutorial.screenShows(/^\$$/);
    await tutorial.enter('sleep 1000 & disown; echo begun', 'begun');
    await tutorial.drawer.getByRole('button', { name: 'End: Terminal' }).click();
    expect(await tutorial.drawer.isVisible()).toBe(false);
    await tutorial.openTerminal();
    await tutorial.enter('pgrep -c sleep || echo none', 'none');
  });
});
