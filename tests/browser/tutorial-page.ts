import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const PONY = '/build-a-python-app-with-cockroachdb-pony.html';
/** Generous: a press may start a cluster and do a whole tutorial. */
const RUN_MS = 60_000;

/** Steps of the PonyORM tutorial that tests use, by purpose. Those without a mode are in both modes. */
export const STEP = {
  install: 'install-ponyorm-1',
  createUser: {
    secure: 'create-the-maxroach-user-and-bank-database-secure-2',
    insecure: 'create-the-maxroach-user-and-bank-database-insecure-2',
  },
  sample: { secure: 'run-the-python-code-secure-1', insecure: 'run-the-python-code-insecure-1' },
  runSample: 'run-the-python-code-1',
  count: 'run-the-python-code-2',
} as const;

/** The PonyORM tutorial, as a person sees and uses it. */
export class TutorialPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async visit(url: string, mode: 'secure' | 'insecure'): Promise<void> {
    await this.page.goto(`${url}${PONY}?filters=${mode}`);
  }

  figure(step: string): Locator {
    return this.page.locator(`#step-block-${step}`);
  }

  /** The button for this action in a step's row of buttons. */
  button(step: string, action: 'copy' | 'run' | 'edit'): Locator {
    return this.figure(step).locator(`.actions [data-action="${action}"]`);
  }

  result(step: string): Locator {
    return this.figure(step).locator('[data-result]');
  }

  async press(step: string): Promise<void> {
    await this.button(step, 'run').click();
  }

  /** The text field of a step's editor. */
  editor(step: string): Locator {
    return this.figure(step).locator('[contenteditable="true"]');
  }

  /** Opens a step's editor, and waits until it has the focus. */
  async openEditor(step: string): Promise<Locator> {
    await this.button(step, 'edit').click();
    const editor = this.editor(step);
    await expect
      .poll(() => editor.evaluate((each) => (each.getRootNode() as ShadowRoot).activeElement === each))
      .toBe(true);
    return editor;
  }

  /** Waits until a step's result shows `what`. */
  async shows(step: string, what: RegExp | string): Promise<void> {
    const result = this.result(step);
    await expect.poll(() => result.innerText(), { timeout: RUN_MS, interval: 100 }).toMatch(what);
  }

  /** Waits until the run that ends with this step is over. */
  async ends(step: string): Promise<void> {
    await this.shows(step, /Done in/);
    await expect.poll(() => this.button(step, 'run').innerText()).toBe('Run');
  }

  /** Waits until the status line, which screen readers speak, says `what`. */
  async tells(what: RegExp | string): Promise<void> {
    await expect
      .poll(() => this.page.locator('[data-status]').textContent(), { timeout: RUN_MS, interval: 50 })
      .toMatch(what);
  }

  /** Replaces a step's code, through its editor. */
  async edit(step: string, text: string): Promise<void> {
    const editor = this.editor(step);
    if ((await editor.count()) === 0) await this.button(step, 'edit').click();
    await editor.fill(text);
  }

  /** Returns the text in a step's block, or in its editor when that is open. */
  async block(step: string): Promise<string> {
    const lines = this.editor(step).locator('.cm-line');
    return (await lines.count()) > 0
      ? (await lines.allTextContents()).join('\n')
      : await this.figure(step).locator('.code').innerText();
  }

  /** Replaces a step by one that runs for `seconds`, and waits until it is running. */
  async keepBusy(step: string, seconds: number): Promise<void> {
    await this.edit(step, `echo begun; sleep ${seconds}`);
    await this.press(step);
    await this.shows(step, /begun/);
  }

  /** Returns what a program printed in a step, line by line. */
  async lines(step: string): Promise<string[]> {
    return (await this.result(step).locator('.out').first().innerText()).split('\n').filter((line) => line !== '');
  }

  /** Resets the cluster from the bar's menu. */
  async reset(): Promise<void> {
    await this.cluster.getByRole('button', { name: /Reset/ }).click();
    await this.cluster.locator('[data-action="reset"]').click();
    await this.cluster.getByRole('button', { name: 'Remove it' }).click();
    await this.tells(/reset/);
  }

  get cluster(): Locator {
    return this.page.locator('[data-cluster]');
  }
}
