import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { layLine } from './breakable-line.ts';
import { useChromium } from './chromium.ts';
import { TerminalPage } from './terminal-page.ts';
import { STEP } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('a terminal that was left', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (url = server().url): Promise<TerminalPage> => {
    const tutorial = new TerminalPage(await open());
    await tutorial.visit(url, 'insecure');
    await tutorial.openTerminal();
    return tutorial;
  };

  it('is restored after a reload, with its last screen, its colours, and its running program', async () => {
    const tutorial = await visit();
    await tutorial.enter('x=kept; printf "\\e[31mred\\e[0m\\n"; (sleep 1; echo meanwhile) &', /red/);
    const color = (): Promise<string> =>
      tutorial.pane
        .locator('.xterm-rows span', { hasText: /^red$/ })
        .last()
        .evaluate((span) => getComputedStyle(span).color);
    const before = await color();
    await tutorial.page.reload();
    await tutorial.screenShows(/red[^]*meanwhile/);
    expect(await color()).toBe(before);
    expect((await tutorial.screen()).match(/printf/g)).toHaveLength(1);
    await tutorial.page.keyboard.press('F6');
    await tutorial.enter('echo $x', /echo \$x\nkept/);
    // On another page of the site too.
    await tutorial.page.goto(`${server().url}/build-a-python-app-with-cockroachdb.html?filters=insecure`);
    await tutorial.screenShows(/echo \$x\nkept/);
  });

  it('restores an editor as it was', async (context) => {
    const tutorial = await visit();
    await tutorial.enter('command -v less || echo "no" less', /\/less\n|no less\n/);
    if (/\nno less\n/.test(await tutorial.screen())) context.skip('this machine has no less');
    await tutorial.enter('printf "one\\ntwo\\n" > text; less text', /one\ntwo[^]*\(END\)/);
    const before = await tutorial.screen();
    await tutorial.page.reload();
    await expect.poll(() => tutorial.screen()).toBe(before);
    await tutorial.page.keyboard.press('F6');
    await tutorial.page.keyboard.type('q');
    await tutorial.screenShows(/less text\n\$$/);
  });

  it('says that the connection broke, and goes on by itself afterwards, with what was typed meanwhile', async () => {
    const line = await layLine(server().url);
    const tutorial = await visit(line.url);
    await tutorial.enter('(sleep 2; echo meanwhile) & echo before', /before/);
    line.take();
    await expect.poll(() => tutorial.line.innerText()).toBe('The connection broke; reconnecting…');
    await tutorial.tells('The connection broke');
    expect(await tutorial.screen()).not.toContain('broke');
    await tutorial.page.keyboard.type('echo typed | tr a-z A-Z\n');
    line.mend();
    await tutorial.screenShows(/^(?=[^]*\nTYPED)(?=[^]*meanwhile)/);
    await expect.poll(() => tutorial.line.innerText()).toBe('');
    await line.close();
  });

  it('asks before it sends a step’s command to a program that was running when the connection broke', async () => {
    const line = await layLine(server().url);
    const tutorial = await visit(line.url);
    const scope = tutorial.figure(STEP.install).locator('[data-action="scope"]');
    // The code that draws the menu is already loaded.
    await scope.click();
    await tutorial.page.getByRole('menuitem').first().waitFor();
    await tutorial.page.keyboard.press('Escape');
    await tutorial.page.keyboard.press('F6');
    await tutorial.enter('echo begun; cat', /\nbegun/);
    line.take();
    await expect.poll(() => tutorial.line.innerText()).toBe('The connection broke; reconnecting…');
    await scope.click();
    await tutorial.page.getByRole('menuitem', { name: /In the terminal/ }).click();
    await tutorial.drawer.getByRole('alertdialog', { name: 'Type this?' }).waitFor();
    await line.close();
  });

  it('reconnects with its button, and when the browser reports that it is online', async () => {
    const line = await layLine(server().url);
    const tutorial = await visit(line.url);
    line.take();
    const button = tutorial.drawer.getByRole('button', { name: 'Try now' });
    await button.waitFor();
    line.mend();
    await button.click();
    await expect.poll(() => tutorial.line.innerText()).toBe('');
    await tutorial.page.context().setOffline(true);
    await expect.poll(() => tutorial.line.innerText()).toContain('The connection broke');
    await tutorial.page.context().setOffline(false);
    await expect.poll(() => tutorial.line.innerText()).toBe('');
    await line.close();
  });

  it('moves to the tab that opened it last; the other tab says so, and can take it back', async () => {
    const tutorial = await visit();
    await tutorial.enter('echo shared', /\nshared/);
    const other = new TerminalPage(await tutorial.page.context().newPage());
    await other.visit(server().url, 'insecure');
    await other.openTerminal();
    await other.screenShows(/\nshared/);
    await expect.poll(() => tutorial.line.innerText()).toMatch(/another of your pages/);
    await tutorial.drawer.getByRole('button', { name: 'Bring it here' }).click();
    await expect.poll(() => tutorial.line.innerText()).toBe('');
    await expect.poll(() => other.line.innerText()).toMatch(/another of your pages/);
    await tutorial.page.keyboard.press('F6');
    await tutorial.enter('echo mine', /\nmine/);
    expect(await other.screen()).not.toContain('mine');
  });

  it('answers a program’s query once, however often its screen is drawn', async () => {
    const tutorial = await visit();
    // "Where is the cursor?", which a terminal answers as if by typing.
    await tutorial.enter(
      'printf "\\e[6nasked\n"; read -rsd R -t 5 place && echo "${place:2}" | grep -c ";"',
      /asked\n1\n\$$/,
    );
    const other = new TerminalPage(await tutorial.page.context().newPage());
    await other.visit(server().url, 'insecure');
    await other.openTerminal();
    await other.screenShows(/asked\n1\n\$$/);
    await other.enter('echo clean', /\$ echo clean\nclean\n\$$/);
  });

  it('says that its cluster is gone, and opens in another one', async () => {
    const tutorial = await visit();
    await tutorial.reset();
    await expect.poll(() => tutorial.line.innerText()).toMatch(/reset/);
    await tutorial.drawer.getByRole('button', { name: 'New cluster' }).click();
    await tutorial.screenShows(/^\$$/);
  });

  it('says why none can be opened while the server is away', async () => {
    const line = await layLine(server().url);
    const tutorial = new TerminalPage(await open());
    await tutorial.visit(line.url, 'insecure');
    // The code that draws it is already loaded; the server is away.
    await tutorial.openTerminal();
    await tutorial.drawer.getByRole('button', { name: 'End: Terminal' }).click();
    line.take();
    await tutorial.opener.click();
    await expect.poll(() => tutorial.line.innerText()).toContain('cannot be reached');
    line.mend();
    await tutorial.drawer.getByRole('button', { name: 'Try again' }).click();
    await tutorial.screenShows(/^\$$/);
    await line.close();
  });
});
