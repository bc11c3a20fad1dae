import { printedText } from '../../../shared/expectation/printed.ts';
import type { Mode, RunEvent } from '../../../shared/protocol.ts';
import { stepsIn, type PageStep } from '../../../shared/step.ts';
import { endOf, type Reader } from '../../client/reader.ts';

/** How a step of a page ended. */
export interface StepOutcome {
  pageStep: PageStep;
  mode: Mode;
  ok: boolean;
  printed: string;
  /** The SQLSTATE or the exit code of a failed step, as `fails` takes it. */
  code: string | undefined;
  /** Why a step was not done, as a clause; undefined when it was, or was meant to fail and did. */
  fault: string | undefined;
}

/** Runs all steps of a page in a new sandbox of that mode, also those below one that fails. Removes the sandbox. */
export async function runPage(
  reader: Pick<Reader, 'claim' | 'run' | 'reset'>,
  steps: readonly PageStep[],
  mode: Mode,
): Promise<StepOutcome[]> {
  const sandbox = await reader.claim(mode);
  try {
    const outcomes: StepOutcome[] = [];
    for (const pageStep of stepsIn(steps, mode)) {
      const { events } = await reader.run(sandbox.id, [pageStep.step]);
      outcomes.push(outcomeOf(pageStep, mode, events));
    }
    return outcomes;
  } finally {
    await reader.reset(sandbox.id);
  }
}

function outcomeOf(pageStep: PageStep, mode: Mode, events: RunEvent[]): StepOutcome {
  const { reason, message } = endOf(events);
  const done = events.find((event) => event.type === 'done' && event.step === pageStep.step.id);
  const end = done?.type === 'done' ? done : undefined;
  const printed = printedText(events);
  const code = end?.sqlState ?? (end?.exitCode === undefined ? undefined : String(end.exitCode));
  const ok = end?.ok === true && reason === 'finished';
  const failsAsMeant = pageStep.fails !== undefined && end?.ok === false && reason === 'finished';
  const fault = ok || failsAsMeant ? undefined : `${REASONS[reason] ?? 'it fails'}: ${clue(printed, message)}`;
  return { pageStep, mode, ok, printed, code, fault };
}

const REASONS: Partial<Record<string, string>> = { 'timed-out': 'it takes too long' };

/** Returns the line of an output that says best why something failed. */
function clue(printed: string, message = ''): string {
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const found = lines.find((line) => /^(?:ERROR|error|\w*Error)\b|: (?:command )?not found|cannot /.test(line));
  return (found ?? lines.at(-1) ?? message).trim().slice(0, 200) || message || 'it says nothing';
}
