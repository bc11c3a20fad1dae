import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { DataPanel } from './data-panel.ts';
import { TerminalPage } from './terminal-page.ts';

const MANY =
  'CREATE TABLE numbers (id INT PRIMARY KEY, n INT); ' +
  'INSERT INTO numbers SELECT i, 1000 - i FROM generate_series(1, 250) AS g(i);';
const sql = (statement: string): string => `clear; cockroach sql --insecure -e "${statement}"`;
const HOSTILE =
  'CREATE TABLE "<b>x"" y" (id INT PRIMARY KEY, "<img src=x>" STRING); ' +
  'INSERT INTO "<b>x"" y" VALUES (1, \'<script>alert(1)</script>\');';

describe.skipIf(withoutSandbox)('the data panel next to the tutorial', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (options?: Parameters<typeof open>[0]): Promise<DataPanel> => {
    const data = new DataPanel(await open(options));
    await data.visit(server().url);
    return data;
  };

  it('costs nothing until it is opened: no request and no script', async () => {
    const data = await visit();
    await data.move();
    await expect.poll(() => data.button.innerText()).toBe('defaultdb.accounts: 3 rows');
    expect(data.asked).toEqual([]);
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    expect(data.asked).toEqual(['panel', 'rows']);
  });

  it('marks what a step changed with the previous value, and says what moved and that the sum stayed', async () => {
    const data = await visit();
    await data.move();
    await data.button.click();
    await data.tells(/What the next step changes here will be marked\.\s+sum of balance 3000$/);
    expect(await data.element.locator('.mark, td .was').count()).toBe(0);
    await data.move();
    await data.tells(
      /^100 of balance went from Ada \(900 → 800\) to Grace \(1100 → 1200\)\.\s+sum of balance 3000 → 3000, unchanged$/,
    );
    expect(await data.rows()).toEqual([
      ['Ada', '800, was 900'],
      ['Grace', '1200, was 1100'],
      ['Linus', '1000'],
    ]);
    expect(await data.news.getAttribute('role')).toBe('status');
    // Two of the bars changed, and an arrow joins them.
    expect(
      await data.element
        .locator('.chart rect')
        .evaluateAll((bars) => bars.map((bar) => bar.classList.contains('changed'))),
    ).toEqual([true, true, false]);
    expect(await data.element.locator('.chart .moved').count()).toBe(1);
    await data.run("INSERT INTO accounts VALUES ('Zoe', 50); DELETE FROM accounts WHERE owner = 'Linus';");
    await data.tells(/1 new row, 1 row removed\.\s+sum of balance 3000 → 2050, changed by -950/);
    expect((await data.rows()).at(-1)).toEqual(['Zoenew', '50']);
    await data.run('SELECT 1;');
    await data.tells(/^Nothing changed\./);
    expect(await data.element.locator('.mark, td .was').count()).toBe(0);
  });

  it('shows what a terminal did, also to rows far down, and keeps its marks when nothing was done', async () => {
    const data = await visit();
    await data.move();
    await data.run(MANY);
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    const terminal = new TerminalPage(data.page);
    await terminal.openTerminal();
    await terminal.enter(sql("UPDATE accounts SET balance = 850 WHERE owner = 'Ada'"), /^UPDATE 1[^]*\$$/);
    await data.tells(/balance of Ada: 900 → 850.*\s+sum of balance 3000 → 2950/);
    expect((await data.rows())[0]).toEqual(['Ada', '850, was 900']);
    const looked = data.page.waitForResponse(/\/table\?/);
    await terminal.enter('clear; echo nothing', /^nothing\n\$$/);
    await looked;
    expect((await data.rows())[0]).toEqual(['Ada', '850, was 900']);
    await terminal.enter(sql('CREATE TABLE more (a INT)'), /^CREATE TABLE[^]*\$$/);
    await expect.poll(() => data.button.innerText()).toBe('3 tables');
    await data.element.getByRole('button', { name: /numbers/ }).click();
    await data.tells(/sum of n 218625/);
    await data.page.keyboard.press('F6');
    await terminal.enter(sql('UPDATE numbers SET n = 0 WHERE id = 250'), /^UPDATE 1[^]*\$$/);
    await data.tells(/sum of n 218625 → 217875/);
  });

  it('sorts and pages by asking the server', async () => {
    const data = await visit();
    await data.run(MANY);
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(100);
    const place = data.element.locator('.pages span');
    expect(await place.innerText()).toBe('Rows 1 to 100 of 250');
    expect(await data.element.locator('[aria-sort]').getAttribute('data-column')).toBe('id');
    await data.head('n');
    await expect.poll(async () => (await data.rows())[0]).toEqual(['250', '750']);
    expect(await data.element.locator('[aria-sort="ascending"]').getAttribute('data-column')).toBe('n');
    await data.head('n');
    await expect.poll(async () => (await data.rows())[0]).toEqual(['1', '999']);
    await data.element.getByRole('button', { name: 'Next' }).click();
    await data.element.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => place.innerText()).toBe('Rows 201 to 250 of 250');
    expect(await data.rows()).toHaveLength(50);
    expect(await data.element.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    // When rows of the shown page are deleted, the last existing page is shown.
    await data.run('DELETE FROM numbers WHERE id > 120;');
    await expect.poll(() => place.innerText()).toBe('Rows 101 to 120 of 120');
    expect(data.asked.filter((each) => each === 'panel')).toHaveLength(1);
  });

  it('skips no row when rows are so large that fewer fit on a page', async () => {
    const data = await visit();
    await data.run(
      'CREATE TABLE wide (id INT PRIMARY KEY, ' +
        `${Array.from({ length: 80 }, (_, at) => `c${at} STRING DEFAULT repeat('x', 60)`).join(', ')}); ` +
        'INSERT INTO wide (id) SELECT i FROM generate_series(1, 150) AS g(i);',
    );
    await data.button.click();
    const place = data.element.locator('.pages span');
    const spans: number[][] = [];
    for (let next = 1; next <= 150; next = spans.at(-1)![1]! + 1) {
      await expect.poll(() => place.innerText()).toMatch(new RegExp(`^Rows ${next} to `));
      spans.push(
        /^Rows (\d+) to (\d+) of 150/
          .exec(await place.innerText())!
          .slice(1)
          .map(Number),
      );
      await data.element.getByRole('button', { name: 'Next' }).click({ force: true });
    }
    expect(spans.length).toBeGreaterThan(2);
    await data.element.getByRole('button', { name: 'Previous' }).click();
    await expect.poll(() => place.innerText()).toMatch(new RegExp(`^Rows ${spans.at(-2)![0]} to `));
  });

  it('lists tables with their row counts, earlier counts and new tables; a press shows another table', async () => {
    const data = await visit();
    await data.move();
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    await data.run(`${MANY} INSERT INTO accounts VALUES ('Zoe', 0);`);
    const tables = data.element.locator('.tables button');
    await expect
      .poll(async () => (await tables.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ')))
      .toEqual(['defaultdb.accounts 4 rows was 3', 'defaultdb.numbers 250 rows new']);
    await tables.last().click();
    await expect.poll(() => data.rows()).toHaveLength(100);
    expect(await tables.evaluateAll((all) => all.map((each) => each.getAttribute('aria-pressed')))).toEqual([
      'false',
      'true',
    ]);
  });

  it('treats a recreated table as another one, even when it was sorted by a column that is gone', async () => {
    const data = await visit();
    await data.move();
    await data.button.click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    await data.run('DROP TABLE accounts;');
    await expect.poll(() => data.element.innerText()).toContain('Your cluster holds no tables yet.');
    await data.run(
      "CREATE TABLE accounts (id INT PRIMARY KEY, note STRING); INSERT INTO accounts VALUES (1, NULL), (2, '');",
    );
    await data.tells(/^2 new rows\.$/);
    await data.run("UPDATE accounts SET note = '' WHERE id = 1;");
    await data.tells(/^1 row changed\. note of 1: NULL → ''\.$/);
    await data.head('note');
    await expect.poll(() => data.element.locator('[aria-sort]').getAttribute('data-column')).toBe('note');
    await data.run('DROP TABLE accounts; CREATE TABLE accounts (id INT PRIMARY KEY); INSERT INTO accounts VALUES (5);');
    await expect.poll(() => data.rows()).toEqual([['5new']]);
    expect(await data.element.locator('[aria-sort]').getAttribute('data-column')).toBe('id');
    expect(await data.element.locator('.notice').isVisible()).toBe(false);
  });

  it('shows the SQL with which it read, which returns the same when it is run', async () => {
    const data = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await data.move();
    await data.button.click();
    await data.element.locator('summary').click();
    await data.element.getByRole('button', { name: 'Copy the SQL: the rows' }).click();
    const copied = 'SELECT owner, balance FROM defaultdb.public.accounts ORDER BY owner LIMIT 100;';
    await expect.poll(() => pasted(data.page)).toBe(copied);
    expect(await data.element.locator('.statement pre').allInnerTexts()).toEqual([
      copied,
      'SELECT count(*), sum(balance) FROM defaultdb.public.accounts;',
      expect.stringContaining('information_schema.tables'),
    ]);
  });

  it('shows everything in a table as text', async () => {
    const data = await visit();
    await data.run(HOSTILE);
    await data.button.click();
    await expect.poll(() => data.rows()).toEqual([['1', '<script>alert(1)</script>']]);
    expect(await data.element.locator('thead').innerText()).toContain('<img src=x>');
    expect(await data.element.locator('.tables').innerText()).toContain('defaultdb.<b>x" y');
    expect(await data.element.locator('img, b, script').count()).toBe(0);
  });

  it('says why a table cannot be read, and reads it again on request', async () => {
    const data = await visit();
    await data.move();
    await data.page.route('**/table?*', (route) =>
      route.fulfill({ status: 409, json: { error: { code: 'busy', message: 'It is held.' } } }),
    );
    await data.button.click();
    await expect.poll(() => data.element.locator('.notice').innerText()).toMatch(/^It is held\./);
    await data.page.unroute('**/table?*');
    await data.element.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => data.rows()).toHaveLength(3);
    expect(await data.element.locator('.notice').isVisible()).toBe(false);
  });
});
