import type { Page, WebSocket } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SQL_FUNCTIONS } from '../../src/sql-functions.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { TerminalPage } from './terminal-page.ts';
import { STEP } from './tutorial-page.ts';

/** Functions that are part of PostgreSQL's grammar, so that its catalog does not list them. */
const FORMS = ['coalesce', 'greatest', 'if', 'ifnull', 'least', 'nullif'];

/** Holds back what the page paints. Returns what lets it paint again. */
async function holdPainting(page: Page): Promise<() => Promise<void>> {
  const paint = await page.evaluateHandle(() => {
    const { requestAnimationFrame } = window;
    const held: FrameRequestCallback[] = [];
    window.requestAnimationFrame = (callback) => held.push(callback);
    return () => {
      window.requestAnimationFrame = requestAnimationFrame;
      for (const callback of held) callback(performance.now());
    };
  });
  return async () => await paint.evaluate((release) => release());
}

describe.skipIf(withoutSandbox)('the SQL shell in the page', { timeout: 120_000 }, () => {
  const { server, reader } = useServer();
  const open = useChromium();
  const visit = async (page?: Page): Promise<TerminalPage> => {
    const tutorial = new TerminalPage(page ?? (await open()));
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.runSample);
    await tutorial.ends(STEP.runSample);
    await tutorial.opener.click();
    await tutorial.tab('SQL shell').click();
    await tutorial.screenShows(/defaultdb>$/);
    await tutorial.page.keyboard.press('F6');
    await tutorial.enter('USE bank;', /bank>$/);
    return tutorial;
  };

  it('completes statements, tables and columns with Tab, describes functions, and runs nothing', async () => {
    const tutorial = await visit();
    const { page } = tutorial;
    const list = tutorial.drawer.getByRole('listbox', { name: 'Completions' });
    const options = (): Promise<string[]> => list.getByRole('option').locator('span').allTextContents();
    const runs: string[] = [];
    page.on('request', (request) => runs.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await page.keyboard.type('sel');
    await expect.poll(options).toEqual(['SELECT']);
    await page.keyboard.press('Tab');
    await tutorial.screenShows(/bank> select$/);
    await page.keyboard.type(' round(bal');
    await expect.poll(options).toEqual(['balance']);
    expect(await tutorial.pane.locator('.arguments').innerText()).toBe('round(value, decimals)');
    expect(await tutorial.pane.locator('.arguments b').innerText()).toBe('value');
    await page.keyboard.press('Tab');
    // CockroachDB rounds no integers.
    await page.keyboard.type(' / 2, ');
    await expect.poll(() => tutorial.pane.locator('.arguments b').innerText()).toBe('decimals');
    await page.keyboard.type('0) from ');
    await expect.poll(options).toEqual(['accounts']);
    await page.keyboard.press('Tab');
    await tutorial.screenShows(/select round\(balance \/ 2, 0\) from accounts$/);
    expect(
      runs.filter((run) => !/^GET \/(?:api\/(?:health|sandboxes\/\w+(?:\/tables)?)|sql-words\.json)/.test(run)),
    ).toEqual([]);
    await page.keyboard.type(' limit 1;\n');
    await tutorial.screenShows(/\(1 row\)/);
  });

  it('completes what was echoed when Tab was pressed, also before it is painted', async () => {
    const page = await open();
    const lines: WebSocket[] = [];
    page.on('websocket', (line) => lines.push(line));
    const tutorial = await visit(page);
    await page.keyboard.type('se');
    await tutorial.drawer.getByRole('listbox', { name: 'Completions' }).waitFor();
    const paint = await holdPainting(page);
    const echoes = lines.map((line) =>
      line.waitForEvent('framereceived', ({ payload }) => payload.toString().endsWith('l')),
    );
    await page.keyboard.type('l');
    await Promise.race(echoes);
    await page.keyboard.press('Tab');
    await paint();
    await tutorial.screenShows(/bank> select$/);
  });

  it('closes the list with Escape, chooses with arrow keys, and otherwise leaves these keys to the shell', async () => {
    const tutorial = await visit();
    const { page } = tutorial;
    const list = tutorial.drawer.getByRole('listbox', { name: 'Completions' });
    await page.keyboard.type('SHOW S');
    await expect.poll(() => list.getByRole('option').first().locator('span').innerText()).toBe('SHOW SAVEPOINT STATUS');
    const second = await list.getByRole('option').nth(1).locator('span').innerText();
    await page.keyboard.press('ArrowDown');
    expect(await list.getByRole('option', { selected: true }).locator('span').innerText()).toBe(second);
    await page.keyboard.press('Tab');
    await tutorial.screenShows(new RegExp(`bank> ${second}$`));
    await page.keyboard.press('Control+u');
    await page.keyboard.type('sh');
    await list.waitFor();
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(false);
    await tutorial.screenShows(/bank> sh$/);
    expect(await tutorial.focused()).toBe('terminal');
    await page.keyboard.press('Control+u');
    await page.keyboard.press('ArrowUp');
    await tutorial.screenShows(/bank> USE bank;$/);
    await page.keyboard.press('F6');
    expect(await list.isVisible()).toBe(false);
  });

  it('receives what is typed while it starts, once, at its prompt', async () => {
    const tutorial = new TerminalPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.opener.click();
    await tutorial.tab('SQL shell').click();
    await tutorial.page.keyboard.type('SELECT 40 + 2;\n');
    await tutorial.screenShows(/42\n\(1 row\)/);
    expect(await tutorial.pane.locator('.xterm-rows').innerText()).toMatch(/defaultdb> SELECT 40/);
    expect((await tutorial.screen()).match(/SELECT/g)).toHaveLength(1);
  });

  it('offers nothing when no SQL shell is waiting for input', async () => {
    const tutorial = new TerminalPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.openTerminal();
    await tutorial.page.keyboard.type('sel');
    await tutorial.screenShows(/\$ sel$/);
    expect(await tutorial.drawer.getByRole('listbox').count()).toBe(0);
    expect(
      await tutorial.page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.endsWith('sql-words.json')),
      ),
    ).toBe(false);
  });

  it('offers functions that the engine knows', async () => {
    const names = Object.keys(SQL_FUNCTIONS).filter((name) => !FORMS.includes(name));
    const asking = reader();
    const { id } = await asking.claim('insecure');
    const list = names.map((name) => `'${name}'`).join(', ');
    const { events } = await asking.run(id, [
      {
        id: 'ask',
        kind: 'sql',
        user: 'root',
        statements: `SELECT DISTINCT proname FROM pg_catalog.pg_proc WHERE proname IN (${list}) ORDER BY 1`,
      },
    ]);
    const known = events.flatMap((event) => (event.type === 'rows' ? event.rows.map(([name]) => name) : []));
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});
