import type { Holdings, RunEvent } from '../../../shared/protocol.ts';
import { compareOutput, type Comparison } from '../../../shared/expectation/compare.ts';
import { printedText } from '../../../shared/expectation/printed.ts';
import type { Block } from '../step/block.ts';
import type { Remembered } from '../cluster/remembered.ts';
import type { Expectation } from '../../../shared/step.ts';
import { reasonsFor, whyNotCompared } from './reasons.ts';

/** What a step printed, against what was expected of it. */
export type Verdict =
  { is: 'fits' } | { is: 'differs'; comparison: Comparison; reasons: string[] } | { is: 'not-compared'; why: string };

/** What was so when a step was done, and may be otherwise soon. */
export interface Circumstances {
  /** What the databases held when it began, where that is known for sure. */
  heldBefore: Holdings | undefined;
  hasOthersWork: boolean;
  ran: Remembered['ran'];
  /** The last step before it that is not done in this cluster. */
  notDone: Block | undefined;
}

/**
 * Compares what a step printed with what the page expects of it. What holds of the moment is kept with the step in
 * `done`, so that it is judged alike after a reload; `now` says it of a step that has just been done. Pure but for
 * that.
 */
export function judge(
  block: Block,
  blocks: readonly Block[],
  done: Remembered['done'],
  now?: Circumstances,
): Verdict | undefined {
  const record = done[block.id];
  if (!record || !block.expected) return undefined;
  const earlier = blocks.slice(0, blocks.indexOf(block));
  const kept = record.judged ?? {
    why: whyNotCompared(block, earlier, done),
    known: Object.fromEntries(knownBefore(earlier, done, record.sandbox)),
    reasons: now ? reasonsFor(block, earlier, now) : [],
  };
  // Another tab, which was not there, leaves it to this one.
  if (now) record.judged = kept;
  if (kept.why !== undefined) return { is: 'not-compared', why: kept.why };
  if (!record.events) return { is: 'not-compared', why: 'the output is too long' };
  const comparison = compare(block.expected, record.events, new Map(Object.entries(kept.known)));
  return comparison.fits ? { is: 'fits' } : { is: 'differs', comparison, reasons: kept.reasons };
}

/** The values of labels in what earlier steps printed in that cluster, as far as they printed what was expected. */
function knownBefore(earlier: readonly Block[], done: Remembered['done'], sandbox: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const block of earlier) {
    const record = done[block.id];
    if (record?.sandbox === sandbox && record.text === block.authored && record.events && block.expected)
      compare(block.expected, record.events, known);
  }
  return known;
}

function compare(expected: Expectation, events: RunEvent[], known: Map<string, string>): Comparison {
  return compareOutput(expected, printedText(events), known);
}
