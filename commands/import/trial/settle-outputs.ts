import { compareOutput } from '../../../shared/expectation/compare.ts';
import { linesOf } from '../../../shared/expectation/lines.ts';
import type { Block } from '../block.ts';
import { tableLines } from './table-lines.ts';
import { commonText } from './varying-text.ts';

/**
 * Makes the expected output of each step what it prints, given what it printed in several runs. An output that varies
 * too much is only shown.
 */
export function settleOutputs(
  { placed }: { placed: readonly { block: Block }[] },
  printedBy: ReadonlyMap<Block, readonly string[]>,
): void {
  for (const { block } of placed) {
    const { decision, printed } = block;
    if (decision.is === 'output') {
      const samples = printedBy.get(decision.of) ?? [];
      const settled = isOther(decision, samples)
        ? { reason: decision.unsure! }
        : settle(decision, samples, showsPlan(decision.of));
      if ('reason' in settled) block.decision = { is: 'shown', reason: settled.reason };
      else Object.assign(decision, { text: settled.text, unordered: settled.unordered });
      if (settled.note !== undefined) block.notes.push(settled.note);
    } else if (printed !== undefined) {
      const settled = settle({ text: printed }, printedBy.get(block) ?? [], showsPlan(block));
      if ('reason' in settled) delete block.printed;
      else block.printed = settled.text;
      const note = 'reason' in settled ? `its output was left out: ${settled.reason}` : settled.note;
      if (note !== undefined) block.notes.push(note);
    }
  }
}

/** Shows outputs instead that may belong to no step, where no trial tells. */
export function showUnsure({ placed }: { placed: readonly { block: Block }[] }): void {
  for (const { block } of placed)
    if (block.decision.is === 'output' && block.decision.unsure !== undefined)
      block.decision = { is: 'shown', reason: block.decision.unsure };
}

/** Whether an output that the page does not announce is anything else than what the step prints. */
function isOther({ text, unsure }: { text: string; unsure?: string }, samples: readonly string[]): boolean {
  return unsure !== undefined && (samples.length === 0 || samples.some((sample) => cellsOf(sample) !== cellsOf(text)));
}

type Settled = { text: string; unordered: boolean; note?: string } | { reason: string; note?: string };

/** Whether a step prints how the database would do something. */
function showsPlan({ decision }: Block): boolean {
  return decision.is === 'step' && /^\s*(?:>\s*)?EXPLAIN\b/im.test(decision.step.text.secure);
}

function settle(expected: { text: string; unordered?: boolean }, samples: readonly string[], isPlan: boolean): Settled {
  const { text, unordered = false } = expected;
  const fits = (candidate: { text: string; unordered: boolean }): boolean =>
    samples.every((sample) => compareOutput(candidate, sample, new Map()).fits);
  if (fits({ text, unordered })) return { text, unordered };
  if (samples.every((sample) => sample.trim() === '')) return { reason: 'the step above it prints nothing here' };
  // What this machine's engine plans would be a wrong statement about CockroachDB where that is a stand-in.
  if (isPlan) return { reason: 'plans depend on the engine, its version and its statistics' };
  if (fits({ text, unordered: true })) return { text, unordered: true, note: 'its lines may come in any order' };
  const [first = ''] = samples;
  const anyOrder = { text: linesOf(first).join('\n'), unordered: true };
  const varies = new Set(samples).size > 1;
  if (varies && fits(anyOrder)) {
    const same = sortedCells(text) === sortedCells(first);
    return { ...anyOrder, note: `${same ? REWRITTEN : 'it was replaced by what is printed'}, in any order` };
  }
  const common = commonText(samples);
  if (common === undefined) return { reason: 'what the step prints varies from run to run' };
  const change =
    cellsOf(text) === cellsOf(first)
      ? REWRITTEN
      : `it was replaced by what is printed, which differs${firstDifference(text, first)}`;
  return { text: common, unordered: false, note: change + (varies ? '; captures stand for what varies' : '') };
}

const REWRITTEN = 'it was written as the SQL shell prints it now';

function sortedCells(text: string): string {
  return cellsOf(text).split('\n').sort().join('\n');
}

/** Returns the words in a table or another text, without what draws its lines. */
function cellsOf(text: string): string {
  return tableLines(text)
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(' | '),
    )
    .join('\n');
}

function firstDifference(expected: string, printed: string): string {
  const [before, now] = [cellsOf(expected).split('\n'), cellsOf(printed).split('\n')];
  const at = before.findIndex((line, index) => line !== now[index]);
  const line = (text: string | undefined): string => (text === undefined ? 'nothing' : `\`${text.slice(0, 60)}\``);
  return at < 0 ? ` after ${before.length} lines` : `: ${line(now[at])} for ${line(before[at])}`;
}
