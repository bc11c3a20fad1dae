import type { Locator } from 'playwright-core';
import type { Step } from '../../shared/protocol.ts';
import { readPageStep } from '../../shared/step.ts';

/** Returns the step of a figure on a page, as a press on Run sends it. */
export async function stepIn(figure: Locator): Promise<Step> {
  return readPageStep((await figure.getAttribute('data-step')) ?? 'null').step;
}
