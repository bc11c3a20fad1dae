import { MODES } from '../../../shared/modes.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { Reader } from '../../client/reader.ts';
import { verifyTutorial } from '../../verify/verification.ts';
import type { Block } from '../block.ts';
import { saysThatItFails, saysTheSameFailure } from '../blocks/expected-text.ts';
import type { ImportedPage } from '../imported-page.ts';
import { compiledPage, type CompiledPage } from './compiled-page.ts';
import { blockAt, demote } from './demotion.ts';
import { addPrerequisites, type Failure } from './prerequisites.ts';
import { runPage, type StepOutcome } from './run-page.ts';
import { settleOutputs } from './settle-outputs.ts';

/** After so many trials without an end, what still fails is reported as it is. */
const MOST_TRIALS = 25;

/**
 * Runs the steps of a page on the server at `url`, in both modes, until all of them do what the page says: what fails
 * is shown instead, and expected output becomes what is printed. Returns the page as it is then.
 */
export async function tryPage(page: ImportedPage, url: string): Promise<CompiledPage> {
  let earlier: StepOutcome[] = [];
  const added = new Set<string>();
  for (let trial = 0; trial < MOST_TRIALS; trial += 1) {
    const compiled = compiledPage(page);
    const steps = compiled.tutorial?.steps ?? [];
    if (steps.length === 0) return compiled;
    const outcomes: StepOutcome[] = [];
    for (const mode of MODES) outcomes.push(...(await runPage(new Reader(url), steps, mode)));
    if (addPrerequisites(page, failuresOf(compiled, outcomes), added) || mend(page, compiled, outcomes)) {
      earlier = [];
      continue;
    }
    if (earlier.length === 0) {
      earlier = outcomes;
      continue;
    }
    settleOutputs(page, printedBy(compiled, [...earlier, ...outcomes]));
    const settled = compiledPage(page);
    if (!(await verified(page, settled, url))) return settled;
    earlier = [];
  }
  page.notes.push(`after ${MOST_TRIALS} trials, some of its steps still do not do what the page says`);
  return compiledPage(page);
}

function failuresOf({ origins }: CompiledPage, outcomes: readonly StepOutcome[]): Failure[] {
  return outcomes.flatMap(({ fault, pageStep }) => {
    const { block, added } = origins.get(pageStep.source.line) ?? {};
    return block && !added && fault !== undefined ? [{ block, fault }] : [];
  });
}

/** What statements say that are in a transaction that a statement above them has spoilt. */
const IN_TRANSACTION = /in progress|is aborted|savepoint "?\w+"? does not/;

/** What statements say when the cause may be that one above them was not done. */
const MISSING = /(?:relation|database|column|schema) .*does not exist/;

/** Changes the decisions about blocks whose steps did not do what the page says. Returns whether there are any. */
function mend(page: ImportedPage, { origins }: CompiledPage, outcomes: readonly StepOutcome[]): boolean {
  let changed = false;
  const done = new Set<Block>();
  const first = new Map<Mode, string>();
  for (const outcome of outcomes) {
    const { fault, ok, code, mode, pageStep } = outcome;
    const { block, added } = origins.get(pageStep.source.line) ?? {};
    if (!block) continue;
    const isFirst = fault !== undefined && !first.has(mode);
    if (isFirst) first.set(mode, fault);
    if (done.has(block)) continue;
    const succeeds = ok && !added && saysThatItFails(outputOf(page, block, true) ?? '');
    if (fault === undefined && !succeeds) continue;
    // What fails because of a step above it may be right once that is shown.
    if (fault !== undefined && !isFirst && follows(fault, first.get(mode))) continue;
    done.add(block);
    changed = true;
    const { decision } = block;
    if (succeeds) demote(page, block, 'the page says that it fails, and here it does not');
    else if (!added && decision.is === 'step' && meansToFail(page, block, outcome.printed) && !pageStep.fails) {
      decision.step.meta += code === undefined ? ' fails' : ` fails=${code}`;
      block.notes.push('it must fail, as the output below it says');
    } else {
      if (added) block.added = block.added.filter((each) => each !== added);
      demote(page, added?.ends ?? block, `${fault}${pageStep.mode === null ? '' : ` (${mode})`}`);
    }
  }
  return changed;
}

function follows(fault: string, first: string | undefined): boolean {
  return IN_TRANSACTION.test(fault) || (MISSING.test(fault) && fault !== first);
}

function meansToFail(page: ImportedPage, block: Block, printed: string): boolean {
  const text = outputOf(page, block);
  return text !== undefined && saysTheSameFailure(text, printed);
}

/** Returns the output that the page shows for a step; undefined for none. `surely` leaves out what may be none. */
function outputOf({ placed }: ImportedPage, block: Block, surely = false): string | undefined {
  for (const { block: each } of placed) {
    const { decision } = each;
    if (decision.is === 'output' && decision.of === block && !(surely && decision.unsure)) return each.text;
  }
  return block.printed;
}

/** Verifies a page as `npm run verify` does. Returns whether blocks were wrong, which are only shown now. */
async function verified(page: ImportedPage, compiled: CompiledPage, url: string): Promise<boolean> {
  const { tutorial } = compiled;
  if (!tutorial) return false;
  let changed = false;
  for (const mode of MODES) {
    const { faults } = await verifyTutorial(new Reader(url), tutorial, mode);
    for (const fault of faults) {
      const block = blockAt(fault, compiled);
      const words = fault.replace(/^\S+:\d+: (?:step \S+: )?/, '').split('\n')[0]!;
      if (block && block.decision.is !== 'shown') {
        demote(page, block, words);
        changed = true;
      } else if (!block && !page.notes.includes(words)) page.notes.push(words);
    }
  }
  return changed;
}

function printedBy({ origins }: CompiledPage, outcomes: readonly StepOutcome[]): Map<Block, string[]> {
  const found = new Map<Block, string[]>();
  for (const { pageStep, printed } of outcomes) {
    const origin = origins.get(pageStep.source.line);
    if (origin && !origin.added) found.set(origin.block, [...(found.get(origin.block) ?? []), printed]);
  }
  return found;
}
