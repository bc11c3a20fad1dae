import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import type { Mode, RunEvent } from '../../shared/protocol.ts';
import { THEMES, violations } from '../../commands/audit/axe.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { TerminalPage } from './terminal-page.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('what was run, taken home', { timeout: 180_000 }, () => {
  const { server, reader } = useServer();
  const open = useChromium();
  const visit = async (mode: Mode): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open({ permissions: ['clipboard-read', 'clipboard-write'] }));
    await tutorial.visit(server().url, mode);
    return tutorial;
  };
  const panel = (page: Page) => page.locator('[data-bar-panel]');
  const openPanel = async (page: Page): Promise<string> => {
    await page.locator('.page-end [data-opens="take-home"]').click();
    await panel(page).waitFor();
    return (await panel(page).locator('.script').count()) > 0
      ? ((await panel(page).locator('.script').textContent()) ?? '')
      : await panel(page).innerText();
  };
  const printed = (events: RunEvent[]): string =>
    events.flatMap((event) => (event.type === 'output' && event.stream === 'stdout' ? [event.text] : [])).join('');

  it.each(MODES)('runs on another machine, %s: the same steps, and the count is 100 there too', async (mode) => {
    const tutorial = await visit(mode);
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);
    // What is remembered survives a reload.
    await tutorial.page.reload();
    const script = await openPanel(tutorial.page);
    const [download] = await Promise.all([
      tutorial.page.waitForEvent('download'),
      panel(tutorial.page).getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`pony-${mode}.sh`);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(script);
    await panel(tutorial.page).getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => pasted(tutorial.page)).toBe(script);
    expect(script.split('\n')).toEqual(
      expect.arrayContaining([
        '# Step 1. Install PonyORM',
        'python -m pip install pony',
        "cat > pony-basic-sample.py <<'END'",
        'SELECT COUNT(*) FROM accounts;',
      ]),
    );
    expect(script).not.toContain('crdb_internal');
    const other = reader();
    const { id } = await other.claim(mode, ['pony.orm', 'psycopg2']);
    const { events } = await other.run(id, [
      { id: 'write', kind: 'file', path: 'home.sh', text: script },
      { id: 'run', kind: 'shell', command: 'bash home.sh' },
    ]);
    await other.reset(id);
    expect([events.at(-1), printed(events)]).toEqual([
      expect.objectContaining({ reason: 'finished' }),
      expect.stringMatching(/Created 100 accounts\.\nMoved [^]*count\s+100\s*$/),
    ]);
  });

  it('contains each run in order, failed ones as comments, separately for each mode', async () => {
    const tutorial = await visit('insecure');
    await tutorial.edit(STEP.install, 'echo first');
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    await tutorial.edit(STEP.install, 'echo second; exit 3');
    await tutorial.press(STEP.install);
    await tutorial.tells(/^Failed: /);
    await tutorial.edit(STEP.install, 'echo third');
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    const edited = '# Edited; this is not what the page says.\n';
    const lines = await openPanel(tutorial.page);
    expect(lines).toContain('# Step 1. Install PonyORM\n');
    expect(lines).toContain(
      [
        `${edited}echo first`,
        '',
        `${edited}# It failed, and is left out here:`,
        '#   echo second; exit 3',
        '',
        `${edited}echo third`,
        ')',
      ].join('\n'),
    );
    await tutorial.page.keyboard.press('Escape');
    await tutorial.page.locator('[data-mode-label="secure"]').first().click();
    expect(await openPanel(tutorial.page)).toContain('Nothing has run here yet in Secure mode.');
  });

  it('contains what was typed in the terminal, but nothing typed unseen or printed, and runs elsewhere', async () => {
    const terminal = new TerminalPage(await open());
    await terminal.visit(server().url, 'insecure');
    await terminal.edit(STEP.install, 'echo block');
    await terminal.press(STEP.install);
    await terminal.ends(STEP.install);
    await terminal.openTerminal();
    await terminal.pane.locator('textarea').focus();
    await terminal.enter('cd /tmp; echo "$ printed"', /^\$ printed$/m);
    await terminal.enter('read -s -p secret: word', /^secret:$/m);
    await terminal.page.keyboard.type('hunter2\n');
    await terminal.enter('echo "in $PWD"', /^in \/tmp$/m);
    await terminal.enter('cockroach sql --insecure', /defaultdb> $|defaultdb>$/);
    await terminal.enter('SELECT 6 * 7 AS answer;', /\b42\b/);
    await terminal.enter('\\q', /\$$/);
    await terminal.page.reload();
    const script = await openPanel(terminal.page);
    expect(script).toContain(`echo block

# Typed in the terminal
bash /dev/fd/3 3<<'END_2' || true
cd /tmp; echo "$ printed"
read -s -p secret: word
echo "in $PWD"
cockroach sql --insecure --set=errexit=false <<'END'
SELECT 6 * 7 AS answer;
END
END_2`);
    expect(await panel(terminal.page).innerText()).toContain('1 step and 6 lines from the terminal');
    const other = reader();
    const { id } = await other.claim('insecure');
    const { events } = await other.run(id, [
      { id: 'write', kind: 'file', path: 'home.sh', text: script },
      { id: 'run', kind: 'shell', command: 'bash home.sh' },
    ]);
    await other.reset(id);
    expect([events.at(-1), printed(events)]).toEqual([
      expect.objectContaining({ reason: 'finished' }),
      'block\n$ printed\nin /tmp\nanswer\n42\n',
    ]);
  });

  it('contains no line that a program drew to look typed, even by having the terminal answer', async () => {
    const terminal = new TerminalPage(await open());
    await terminal.visit(server().url, 'insecure');
    await terminal.openTerminal();
    await terminal.pane.locator('textarea').focus();
    await terminal.enter(
      [
        'stty -echo',
        String.raw`printf '\e[6n'`,
        'read -rsd R',
        "printf '$ '",
        'read -r line',
        String.raw`printf '\r$ %s\e[K\nshown\n' drawn`,
        'stty echo',
      ].join('; '),
      /\n\$$/,
    );
    await terminal.enter('typed', /^\$ drawn\nshown$/m);
    await terminal.enter('echo $((40 + 2))', /^42$/m);
    const script = await openPanel(terminal.page);
    expect(script).toContain('\necho $((40 + 2))\n');
    expect(script).not.toContain('\ndrawn\n');
  });

  it('opens from the cluster’s menu by keyboard, and focus returns to the menu', async () => {
    const tutorial = await visit('insecure');
    const menu = tutorial.cluster.getByRole('button', { name: /Reset/ }).first();
    await menu.focus();
    await tutorial.page.keyboard.press('Enter');
    await tutorial.cluster.getByRole('button', { name: 'Take it home' }).focus();
    await tutorial.page.keyboard.press('Enter');
    await expect.poll(() => panel(tutorial.page).innerText()).toContain('Nothing has run here yet in Insecure mode.');
    expect(await panel(tutorial.page).evaluate((element) => document.activeElement === element)).toBe(true);
    await tutorial.page.keyboard.press('Escape');
    await expect.poll(() => panel(tutorial.page).count()).toBe(0);
    expect(await menu.evaluate((button) => document.activeElement === button)).toBe(true);
  });

  it.each(THEMES)('breaks no accessibility rule and does not scroll sideways, $colorScheme', async (theme) => {
    const tutorial = new TutorialPage(await open(theme));
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
    await openPanel(tutorial.page);
    expect(await violations(tutorial.page)).toEqual([]);
    expect(await tutorial.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
});
