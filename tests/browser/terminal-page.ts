import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { TutorialPage } from './tutorial-page.ts';

/** A terminal may have to start a cluster first. */
const START_MS = 40_000;

/**
 * A program that says when it is in the foreground. Between two commands of its own, bash drops a Ctrl-C that comes
 * while it starts the second.
 */
export const INTERRUPTIBLE = 'sh -c "echo begun; exec sleep 100"';

/** The drawer with the terminals, as a person sees and uses it. */
export class TerminalPage extends TutorialPage {
  constructor(page: Page) {
    super(page);
  }

  get drawer(): Locator {
    return this.page.getByRole('region', { name: 'Terminal' });
  }

  /** The bar's button that opens the drawer. */
  get opener(): Locator {
    return this.cluster.getByRole('button', { name: 'Terminal', exact: true });
  }

  get pane(): Locator {
    return this.drawer.getByRole('tabpanel');
  }

  /** The drawer's status line. */
  get line(): Locator {
    return this.drawer.locator('.said');
  }

  tab(name: 'Terminal' | 'SQL shell'): Locator {
    return this.drawer.getByRole('tab', { name });
  }

  /** Opens the terminal from the bar, and waits for its prompt. */
  async openTerminal(): Promise<void> {
    await this.opener.click();
    await this.screenShows(/\$\s*$/);
  }

  /** Returns the lines on the screen, without trailing blanks and empty lines at the bottom. */
  async screen(): Promise<string> {
    const rows = await this.pane.locator('.xterm-rows > div').allTextContents();
    return rows
      .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  async screenShows(what: RegExp | string): Promise<void> {
    await expect.poll(() => this.screen(), { timeout: START_MS, interval: 50 }).toMatch(what);
  }

  /** Types a line where the focus is, and waits until the screen shows the result. */
  async enter(line: string, shows: RegExp | string): Promise<void> {
    await this.page.keyboard.type(`${line}\n`);
    await this.screenShows(shows);
  }

  /**
   * Presses Ctrl-C until the shell has a new line: one can be lost while the shell completes a word or a program's last
   * output arrives. It presses again only after a while, because another one on its way would interrupt what is typed
   * next.
   */
  async giveUpLine(): Promise<void> {
    const isNew = /\^C\n\$$/;
    const interrupt = async (): Promise<string> => {
      const screen = await this.screen();
      if (!isNew.test(screen)) await this.page.keyboard.press('Control+c');
      return screen;
    };
    await expect.poll(interrupt, { timeout: START_MS, interval: 2000 }).toMatch(isNew);
  }

  /** Pastes with keys: the page cannot read the clipboard itself. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
  }

  /** Returns what has the focus, in words. */
  async focused(): Promise<string> {
    return await this.page.evaluate(() => {
      const element = document.activeElement;
      return element?.closest('.pane')
        ? 'terminal'
        : (element?.getAttribute('aria-label') ?? element?.textContent ?? '');
    });
  }
}
