import type { Page } from 'playwright-core';
import { until } from './until.ts';

const TYPED = 'echo $((6*7))';
const ANSWER = /^42$/m;

/**
 * Opens the page's terminal, types a command and waits for its answer: proxies that pass everything else may not pass
 * WebSockets. Returns what is wrong, as a sentence, or undefined.
 */
export async function tryTerminal(page: Page, deadlineMs: number): Promise<string | undefined> {
  const drawer = page.getByRole('region', { name: 'Terminal' });
  const pane = drawer.getByRole('tabpanel').filter({ visible: true });
  const screen = async (): Promise<string> =>
    (await pane.locator('.xterm-rows > div').allTextContents())
      .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  const shows = (what: RegExp): Promise<void> => until(async () => what.test(await screen()), deadlineMs);
  try {
    // A step may have opened a SQL shell there.
    if (await drawer.isVisible()) await drawer.getByRole('tab', { name: 'Terminal' }).click();
    else await page.locator('[data-cluster] [data-action="terminal"]').click();
    await shows(/\$$/);
    await pane.click();
    await page.keyboard.type(`${TYPED}\n`);
    await shows(ANSWER);
    return undefined;
  } catch {
    const said = await drawer
      .locator('.said')
      .innerText({ timeout: 1000 })
      .catch(() => '');
    return `the terminal does not answer; it says: ${[said, await screen().catch(() => '')].join(' | ')}`;
  }
}
