import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const OPEN = 'a-small-bank-running-1';
const MOVE = 'a-small-bank-running-2';
/** Generous: a press may start a cluster. */
const RUN_MS = 60_000;

/** The data panel next to the bank of the home page, as a person sees and uses it. */
export class DataPanel {
  readonly page: Page;
  /** What the page requested from the server, in order: rows of tables, and scripts. */
  readonly asked: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('/table')) this.asked.push('rows');
      if (/\/your-data-panel\.[^/]*\.js$/.test(pathname)) this.asked.push('panel');
    });
  }

  get element(): Locator {
    return this.page.locator('.data');
  }

  get button(): Locator {
    return this.page.locator('[data-cluster] .holds');
  }

  get news(): Locator {
    return this.element.locator('.news');
  }

  async visit(url: string, path = '/?filters=insecure'): Promise<void> {
    await this.page.goto(url + path);
  }

  /** Moves 100 from Ada to Grace; the first time this also opens the bank. Waits until the run has ended. */
  async move(): Promise<void> {
    await this.press(MOVE);
  }

  /** Runs other SQL instead of the statements that open the bank. */
  async run(statements: string): Promise<void> {
    const step = this.page.locator(`#step-block-${OPEN}`);
    await step.evaluate((figure) => figure.closest('details')?.setAttribute('open', ''));
    if ((await step.locator('[contenteditable="true"]').count()) === 0)
      await step.locator('[data-action="edit"]').click();
    await step.locator('[contenteditable="true"]').fill(statements);
    await this.press(OPEN);
  }

  async press(id: string): Promise<void> {
    const step = this.page.locator(`#step-block-${id}`);
    const run = step.locator('.actions [data-action="run"]');
    await run.click();
    await expect
      .poll(() => step.locator('[data-result]').innerText(), { timeout: RUN_MS, interval: 50 })
      .toMatch(/(Done in|Failed after)/);
    await expect.poll(() => run.innerText(), { timeout: RUN_MS, interval: 50 }).toMatch(/^Run/);
  }

  /** Waits until the panel says `what` about the last step. */
  async tells(what: RegExp | string): Promise<void> {
    await expect.poll(() => this.news.innerText(), { timeout: RUN_MS, interval: 50 }).toMatch(what);
  }

  /** Returns the rows as shown, cell by cell, with the notes next to their values. */
  async rows(): Promise<string[][]> {
    return await this.element
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...(row as HTMLTableRowElement).cells].map(({ textContent }) => textContent)),
      );
  }

  async head(name: string): Promise<void> {
    await this.element.locator('thead').getByRole('button', { name }).click();
  }
}
