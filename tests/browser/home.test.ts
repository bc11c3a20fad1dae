import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../shared/step.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { stepIn } from './step-in.ts';
import { CARDS } from '../../src/navigation.ts';

const OPEN = 'a-small-bank-running-1';
const MOVE = 'a-small-bank-running-2';
/** Generous: a press may start a cluster. */
const RUN_MS = 60_000;
const AT_FIRST = { Ada: '1000', Grace: '1000', Linus: '1000', Together: '3000' };

/** The home page and its bank, as a person sees and uses them. */
class Bank {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  step(id: string): Locator {
    return this.page.locator(`#step-block-${id}`);
  }

  get place(): Locator {
    return this.step(MOVE).locator('.balances').filter({ visible: true });
  }

  /** Returns the amounts that the bank shows, by name. */
  async shown(): Promise<Record<string, string>> {
    const rows = await this.place
      .locator('tbody tr, tfoot tr')
      .evaluateAll((all) =>
        all.map((row) => [row.querySelector('th')?.textContent ?? '', row.querySelector('.amount')?.textContent ?? '']),
      );
    return Object.fromEntries(rows) as Record<string, string>;
  }

  async holds(ada: number, grace: number): Promise<void> {
    await expect
      .poll(() => this.shown(), { timeout: RUN_MS, interval: 50 })
      .toEqual({ Ada: String(ada), Grace: String(grace), Linus: '1000', Together: '3000' });
  }

  async edit(id: string, text: string): Promise<void> {
    const editor = this.step(id).locator('[contenteditable="true"]');
    if ((await editor.count()) === 0) await this.step(id).locator('[data-action="edit"]').click();
    await editor.fill(text);
  }

  /** Presses Run, and waits until the run has ended. */
  async press(id: string, ends: RegExp): Promise<void> {
    const run = this.step(id).locator('.actions [data-action="run"]');
    await run.click();
    await expect
      .poll(() => this.step(id).locator('[data-result]').innerText(), { timeout: RUN_MS, interval: 50 })
      .toMatch(ends);
    await expect.poll(() => run.innerText(), { timeout: RUN_MS }).toMatch(/^Run/);
  }
}

describe('the home page', () => {
  const { server } = useServer();
  const open = useChromium();

  it.each([true, false])('shows the bank’s initial state, and says so, with scripts: %s', async (javaScriptEnabled) => {
    const bank = new Bank(await open({ javaScriptEnabled }));
    await bank.page.goto(server().url);
    expect(await bank.shown()).toEqual(AT_FIRST);
    expect(await bank.place.locator('caption').innerText()).toBe('To begin with');
  });

  it.each([
    [1440, 900],
    [1280, 720],
  ])(
    'has title, link and the whole bank’s accounts with their Run in the first screen of %i x %i, beside each other',
    async (width, height) => {
      const page = await open({ viewport: { width, height } });
      await page.goto(server().url);
      const bank = new Bank(page);
      const [title, link, run, accounts, bar] = await Promise.all(
        [
          page.locator('h1'),
          page.locator('.begin .filled'),
          bank.step(MOVE).locator('[data-action="run"]'),
          bank.place,
          page.locator('[data-cluster]'),
        ].map(async (each) => (await each.boundingBox())!),
      );
      expect(title!.x + title!.width).toBeLessThan(accounts!.x);
      for (const box of [title!, link!, run!, accounts!]) expect(box.y + box.height).toBeLessThan(bar!.y);
    },
  );

  it('leads to the PonyORM tutorial from a phone’s first screen', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } });
    await page.goto(server().url);
    const link = page.getByRole('link', { name: 'Start the PonyORM tutorial' });
    const [box, bar] = [(await link.boundingBox())!, (await page.locator('[data-cluster]').boundingBox())!];
    expect(box.y + box.height).toBeLessThan(bar.y);
    await link.click();
    expect(await page.locator('h1').innerText()).toBe('Build a Python App with CockroachDB and PonyORM');
  });

  it('has a card for each tutorial, in the order to do them, with the number of steps and the time', async () => {
    const page = await open();
    await page.goto(server().url);
    const cards = page.locator('.cards a');
    const labels = await cards.locator('strong').allInnerTexts();
    expect(labels).toEqual(CARDS.map(({ label }) => label));
    expect(labels[0]).toBe('PonyORM');
    const known = ['PonyORM', 'psycopg2', 'SQLAlchemy', 'Django', 'peewee', 'Transactions and retries'];
    expect(labels).toEqual(expect.arrayContaining(known));
    const sizes = await cards.locator('.size').allInnerTexts();
    expect(sizes.filter((size) => !/^\d+ steps, about \d+ min$/.test(size))).toEqual([]);
    await cards.first().click();
    expect(sizes[0]).toMatch(new RegExp(`^${await page.locator('figure[data-step]:visible').count()} steps,`));
  });
});

describe.skipIf(withoutSandbox)('the bank of the home page', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  /** `slowness`: by how much the page's clock is slowed, so that animations are certain to be seen moving. */
  const visit = async (options: Parameters<typeof open>[0] = {}, slowness = 1): Promise<Bank> => {
    const bank = new Bank(await open(options));
    await bank.page.addInitScript((times) => {
      const now = performance.now.bind(performance);
      performance.now = () => now() / times;
    }, slowness);
    await bank.page.goto(server().url);
    return bank;
  };

  it.each(['no-preference', 'reduce'] as const)(
    'moves 100 with each press, and the sum stays; motion: %s',
    async (reducedMotion) => {
      const bank = await visit({ reducedMotion }, 10);
      await bank.page.evaluate((id) => {
        const sums: string[][] = (window.sums = []);
        const read = (): void => {
          const place = [...document.querySelectorAll(`#step-block-${id} .balances`)].find((each) =>
            each.checkVisibility(),
          );
          sums.push([...(place?.querySelectorAll('.amount') ?? [])].map(({ textContent }) => textContent));
        };
        new MutationObserver(read).observe(document.querySelector(`#step-block-${id}`)!, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      }, MOVE);
      for (const [ada, grace] of [
        [900, 1100],
        [800, 1200],
      ] as const) {
        await bank.press(MOVE, /^Done in .*, as expected/);
        await bank.holds(ada, grace);
      }
      expect(await bank.place.locator('caption').innerText()).toBe('As last read here');
      expect(
        await bank.place.locator('rect').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('width'))),
      ).toEqual(['26.67%', '40%', '33.33%']);
      expect(await bank.step(MOVE).locator('[data-result] table').count()).toBe(0);
      const seen = await bank.page.evaluate(() => window.sums);
      expect([...new Set(seen.map((amounts) => amounts.at(-1)))]).toEqual(['3000']);
      const between = seen.filter(([ada]) => !['1000', '900', '800'].includes(ada!));
      expect(between.length > 0).toBe(reducedMotion === 'no-preference');
      expect(
        between.filter(
          (amounts) => Math.abs(amounts.slice(0, 3).reduce((sum, each) => sum + Number(each), 0) - 3000) > 1,
        ),
      ).toEqual([]);
    },
  );

  it('refuses when Ada has nothing left, also after a reload, and starts over after a reset', async () => {
    const bank = await visit({ reducedMotion: 'reduce' });
    await bank.edit(MOVE, textOf(await stepIn(bank.step(MOVE))).replaceAll('100', '600'));
    await bank.press(MOVE, /^Done in .*, not compared/);
    await bank.holds(400, 1600);
    await bank.press(MOVE, /^Failed after[\s\S]*CHECK/i);
    await bank.holds(400, 1600);
    await bank.page.reload();
    await bank.holds(400, 1600);
    await bank.page.locator('[data-cluster]').getByRole('button', { name: /Reset/ }).click();
    await bank.page.locator('[data-action="reset"]').click();
    await bank.page.getByRole('button', { name: 'Remove it' }).click();
    await bank.holds(1000, 1000);
    expect(await bank.place.locator('caption').innerText()).toBe('To begin with');
  });

  it('draws other accounts too, with hostile names as text, and other rows as an ordinary table', async () => {
    const bank = await visit();
    await bank.edit(
      MOVE,
      `SELECT * FROM (VALUES ('<img src=x onerror="document.title=1">', 30), ('Mallory', -5)) AS t (owner, balance);`,
    );
    await bank.press(MOVE, /^Done in/);
    expect(await bank.shown()).toEqual({
      '<img src=x onerror="document.title=1">': '30',
      Mallory: '-5',
      Together: '25',
    });
    expect(await bank.place.locator('img').count()).toBe(0);
    await bank.edit(MOVE, `SELECT 'Ada' AS owner, 'a lot' AS balance;`);
    await bank.press(MOVE, /^Done in[\s\S]*a lot/);
    expect(await bank.step(MOVE).locator('[data-result] td').allInnerTexts()).toEqual(['Ada', 'a lot']);
    expect((await bank.shown())['Mallory']).toBe('-5');
    await bank.edit(MOVE, `SELECT 'owner ' || i AS owner, i AS balance FROM generate_series(1, 13) AS s (i);`);
    await bank.press(MOVE, /^Done in[\s\S]*13 rows/);
    expect(await bank.step(MOVE).locator('[data-result] tbody tr').count()).toBe(13);
  });

  it('unfolds its opening step when that fails', async () => {
    const bank = await visit();
    expect(await bank.step(OPEN).isVisible()).toBe(false);
    await bank.page.locator('.opening > summary').click();
    await bank.edit(OPEN, 'SELECT nothing;');
    await bank.page.locator('.opening > summary').click();
    await bank.press(MOVE, /This needs step 1/);
    expect(await bank.step(OPEN).isVisible()).toBe(true);
    expect(await bank.step(OPEN).locator('[data-result]').innerText()).toMatch(/^Failed after/);
  });
});
