import { TOO_LONG } from '../../sentences/verdict-sentences.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { compareOutput, type Comparison } from '../../../shared/expectation/compare.ts';
import { printedText } from '../../../shared/expectation/printed.ts';
import type { Block } from '../step/block.ts';
import type { Judged, Kept } from '../cluster/remembered.ts';
import type { Expectation } from '../../../shared/step.ts';
import { reasonsFor, whyNotCompared, type Conditions } from './reasons.ts';

/** The result of comparing what a step printed with what was expected. */
export type Verdict =
  { is: 'fits' } | { is: 'differs'; comparison: Comparison; reasons: string[] } | { is: 'not-compared'; why: string };

/**
 * Returns the basis for comparing the output of a step that has just been run. It is stored with the step, so that the
 * verdict is the same after a reload. Undefined when the step has no expected output or was not run. Without `now`,
 * there are no reasons for a difference. Pure.
 */
export function judgedOf(
  block: Block,
  blocks: readonly Block[],
  done: Kept['done'],
  now?: Conditions,
): Judged | undefined {
  const record = done[block.id];
  if (!record || !block.expected) return undefined;
  const earlier = blocks.slice(0, blocks.indexOf(block));
  return {
    why: whyNotCompared(block, earlier, done),
    known: Object.fromEntries(knownBefore(earlier, done, record.sandbox)),
    reasons: now ? reasonsFor(block, earlier, now) : [],
  };
}

/**
 * Compares what a step printed with the page's expected output, on the stored basis or else the current one. Undefined
 * when the step has no expected output or was not run. Pure.
 */
export function judge(block: Block, blocks: readonly Block[], done: Kept['done']): Verdict | undefined {
  const record = done[block.id];
  const judged = record?.judged ?? judgedOf(block, blocks, done);
  if (!record || !block.expected || !judged) return undefined;
  if (judged.why !== undefined) return { is: 'not-compared', why: judged.why };
  if (!record.events) return { is: 'not-compared', why: TOO_LONG };
  const comparison = compare(block.expected, record.events, new Map(Object.entries(judged.known)));
  return comparison.fits ? { is: 'fits' } : { is: 'differs', comparison, reasons: judged.reasons };
}

/** Returns the values of labelled captures in the output of earlier steps in that cluster, where it was as expected. */
function knownBefore(earlier: readonly Block[], done: Kept['done'], sandbox: string): Map<string, string> {
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
