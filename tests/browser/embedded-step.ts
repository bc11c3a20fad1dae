import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** Generous: a press may start a cluster. */
export const RUN = { timeout: 60_000, interval: 100 };

/** Returns an element with one SQL step. */
export const sql = (code: string, more = ''): string =>
  `<run-step mode="insecure"><pre data-kind="sql">${code}</pre>${more}</run-step>`;
/** Returns the child that says what is expected. */
export const expected = (text: string): string => `<pre data-kind="expected">${text}</pre>`;

/** Returns the button of an element. */
export const run = (element: Locator): Locator => element.locator('.run');
/** Returns what a person sees of an element's result. */
export const result = (element: Locator): Promise<string> => element.locator('.result').innerText();
/** Waits for a result. */
export const shows = (element: Locator, what: RegExp | string): Promise<void> =>
  expect.poll(() => result(element), RUN).toMatch(what);
/** Presses Run, which becomes Stop at once, waits for the end, and checks the result. */
export async function press(element: Locator, what: RegExp | string): Promise<void> {
  await run(element).click();
  await expect.poll(() => run(element).innerText(), RUN).toBe('Run');
  await shows(element, what);
}
/** Waits for what screen readers are told. */
export const tells = (element: Locator, what: RegExp | string): Promise<void> =>
  expect.poll(() => element.locator('[role="status"]').textContent(), RUN).toMatch(what);
