import { TOO_LONG } from '../../sentences/verdict-sentences.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { compareOutput, type Comparison } from '../../../shared/expectation/compare.ts';
import { printedText } from '../../../shared/expectation/printed.ts';
import type { Block } from '../step/block.ts';
import type { Judged, Kept } from '../cluster/remembered.ts';
import type { Expectation } from '../../../shared/step.ts';
import { reasonsFor, whyNotCompared, type Conditions } from './reasons.ts';

/** What a step printed, against what was expected of it. */
export type Verdict =
  { is: 'fits' } | { is: 'differs'; comparison: Comparison; reasons: string[] } | { is: 'not-compared'; why: string };

/**
 * What is known, when a step has just been done, of what its output is compared with; to be kept with the step, so that
 * it is judged alike after a reload. Undefined when nothing is expected of it, or it was not done. Without `now`
 * nothing is known that may have made a difference. Pure.
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
 * Compares what a step printed with what the page expects of it, by what was kept with it, or is known now. Undefined
 * when nothing is expected of it, or it was not done. Pure.
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

/** The values of labels in what earlier steps printed in that cluster, as far as they printed what was expected. */
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
