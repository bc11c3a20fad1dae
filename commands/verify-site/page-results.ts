import type { Page } from 'playwright-core';
import type { Mode } from '../../shared/protocol.ts';
import type { PageStep } from '../../shared/step.ts';
import { inSource } from '../verify/fault.ts';

/** Enough of what a page shows to recognise the fault. */
const SHOWN_CHARACTERS = 2000;

/** What a page shows below a step. */
interface ShownResult {
  /** `none` when the step was not run, or is still running. */
  state: 'ok' | 'failed' | 'none';
  verdict: 'fits' | 'differs' | 'not-compared' | 'none';
  /** As a reader sees it. */
  text: string;
  /** The lines of the comparison; empty when there is none. */
  difference: string;
}

/** Returns whether the press on a step's Run is over: the page shows how it ended, and offers Run again. */
export async function isOver(page: Page, step: string, mode: Mode): Promise<boolean> {
  return await page.evaluate(
    ([id, shownMode]) => {
      const figure = document.getElementById(`step-block-${id}`);
      const shown = figure?.querySelector(
        `[data-result] > .shown:not([data-show]), [data-result] > [data-show="${shownMode}"]`,
      );
      const run = figure?.querySelector('.actions [data-action="run"]');
      return (
        shown?.querySelector('.head.ok, .head.failed, .head.stopped, .notice.failed') instanceof Element &&
        run?.matches('.stop, [aria-busy]') === false
      );
    },
    [step, mode] as const,
  );
}

/** Returns what a page shows below each of these steps. */
async function readResults(page: Page, steps: readonly string[], mode: Mode): Promise<ShownResult[]> {
  return await page.evaluate(
    ([ids, shownMode]) =>
      ids.map((id): ShownResult => {
        const shown = document
          .getElementById(`step-block-${id}`)
          ?.querySelector<HTMLElement>(
            `[data-result] > .shown:not([data-show]), [data-result] > [data-show="${shownMode}"]`,
          );
        const has = (name: string): boolean => shown?.querySelector(name) instanceof Element;
        return {
          state: has('.head.ok') ? 'ok' : has('.head.failed, .head.stopped, .notice.failed') ? 'failed' : 'none',
          verdict: (['fits', 'differs', 'not-compared'] as const).find((is) => shown?.classList.contains(is)) ?? 'none',
          text: shown?.innerText ?? '',
          difference: shown?.querySelector<HTMLElement>('.lines')?.innerText ?? '',
        };
      }),
    [steps, mode] as const,
  );
}

/** Returns how many steps' output has yet to be compared by the page. */
export async function countUnjudged(page: Page, steps: readonly PageStep[], mode: Mode): Promise<number> {
  const judged = steps.filter(({ expected }) => expected !== undefined).map(({ step }) => step.id);
  const results = await readResults(page, judged, mode);
  return results.filter(({ state, verdict }) => state === 'ok' && verdict === 'none').length;
}

/**
 * Returns the faults that a page itself shows after all its steps were run, as sentences. After a failure, later steps
 * were not run, which is not their fault.
 */
export async function faultsShown(page: Page, steps: readonly PageStep[], mode: Mode): Promise<string[]> {
  const results = await readResults(
    page,
    steps.map(({ step }) => step.id),
    mode,
  );
  const isCut = results.some(({ state }) => state === 'failed');
  return steps.flatMap((pageStep, index) => {
    const what = wordsOf(results[index]!, pageStep, isCut);
    return what === undefined ? [] : [inSource(pageStep, `step ${pageStep.step.id} ${what}`)];
  });
}

function wordsOf(
  { state, verdict, text, difference }: ShownResult,
  { expected }: PageStep,
  isCut: boolean,
): string | undefined {
  if (state === 'failed') return `failed:\n${text.slice(0, SHOWN_CHARACTERS)}`;
  if (state === 'none') return isCut ? undefined : 'was not run';
  if (!expected || verdict === 'fits') return undefined;
  if (verdict === 'differs')
    return `prints (+) something other than the page says (−):\n${difference.slice(0, SHOWN_CHARACTERS)}`;
  return 'printed something that the page did not compare with what it says';
}
