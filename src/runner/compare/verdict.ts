import { TOO_LONG } from '../../sentences/verdict-sentences.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { compareOutput, type Comparison } from '../../../shared/expectation/compare.ts';
import { printedText } from '../../../shared/expectation/printed.ts';
import { isJudged, type Block } from '../step/block.ts';
import type { Judged, Kept } from '../cluster/remembered.ts';
import type { Expectation, Failure } from '../../../shared/step.ts';
import { judgeEnd } from '../../../shared/step-end.ts';
import { reasonsFor, whyNotCompared, type Conditions } from './reasons.ts';

/** The result of comparing how a step ended, and what it printed, with what the page says. */
export type Verdict = { is: 'fits' } | Difference | { is: 'not-compared'; why: string };

interface Difference {
  is: 'differs';
  /** How it should have failed, if it ended in another way. */
  meant?: Failure;
  /** The number of lines that differ. */
  differing: number;
  printedNothing?: boolean;
  /** Undefined when no output is expected, or when the printed one is no longer kept. */
  comparison?: Comparison;
  reasons: string[];
}

/**
 * Returns the basis for comparing the output of a step that has just been run. It is stored with the step, so that the
 * verdict is the same after a reload. Undefined when the page says nothing about it or it was not run. Without `now`,
 * there are no reasons for a difference. Pure.
 */
export function judgedOf(
  block: Block,
  blocks: readonly Block[],
  done: Kept['done'],
  now?: Conditions,
): Judged | undefined {
  const record = done[block.id];
  if (!record || !isJudged(block)) return undefined;
  const earlier = blocks.slice(0, blocks.indexOf(block));
  return {
    why: whyNotCompared(block, earlier, done),
    known: Object.fromEntries(knownBefore(earlier, done, record.sandbox)),
    reasons: now ? reasonsFor(block, earlier, now) : [],
  };
}

/**
 * Compares how a step ended, and what it printed, with what the page says, on the stored basis or else the current one.
 * `shown` are the step's events where more of them are at hand than are stored. Undefined when the page says nothing,
 * or the step was not run. Pure.
 */
export function judge(
  block: Block,
  blocks: readonly Block[],
  done: Kept['done'],
  shown?: readonly RunEvent[],
): Verdict | undefined {
  const record = done[block.id];
  const judged = record?.judged ?? judgedOf(block, blocks, done);
  if (!record || !judged) return undefined;
  if (judged.why !== undefined) return { is: 'not-compared', why: judged.why };
  const { reasons } = judged;
  const events = shown ?? (record.isShort ? undefined : record.events);
  if (!events) return judged.found ? verdictOf({ ...judged.found, reasons }) : { is: 'not-compared', why: TOO_LONG };
  const end = events.find((event) => event.type === 'done');
  const isAsMeant = !end || judgeEnd(end, block.fails) === 'as-meant';
  const comparison = block.expected && compare(block.expected, events, new Map(Object.entries(judged.known)));
  return verdictOf({
    ...(isAsMeant ? {} : { meant: block.fails! }),
    differing: comparison?.differing ?? 0,
    ...(comparison && !comparison.fits ? { comparison, printedNothing: comparison.printedNothing } : {}),
    reasons,
  });
}

function verdictOf(found: Omit<Difference, 'is'>): Verdict {
  return found.meant || found.differing > 0 ? { is: 'differs', ...found } : { is: 'fits' };
}

/** Returns the values of labelled captures in the output of earlier steps in that cluster, where it was as expected. */
function knownBefore(earlier: readonly Block[], done: Kept['done'], sandbox: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const block of earlier) {
    const record = done[block.id];
    if (
      record?.sandbox === sandbox &&
      record.text === block.authored &&
      record.events &&
      !record.isShort &&
      block.expected
    )
      compare(block.expected, record.events, known);
  }
  return known;
}

function compare(expected: Expectation, events: readonly RunEvent[], known: Map<string, string>): Comparison {
  return compareOutput(expected, printedText(events), known);
}
