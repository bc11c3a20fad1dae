import type { Mode, SandboxInfo } from '../../shared/protocol.ts';
import { stepsIn } from '../../shared/step.ts';
import type { Reader } from '../client/reader.ts';
import { driftFaults } from './drift.ts';
import type { Effects } from './effects.ts';
import { namedFunctions, notCalled, traceSteps } from './executed-functions.ts';
import { openTransactions } from './open-transactions.ts';
import { TutorialRun, type VerifiedStep } from './tutorial-run.ts';
import type { Tutorial } from './tutorial.ts';

/** A tutorial that was run from top to bottom in one mode: its steps and its faults. */
export interface Verification {
  tutorial: string;
  mode: Mode;
  sandbox: SandboxInfo;
  /** Up to the first step with a fault. */
  steps: VerifiedStep[];
  faults: string[];
}

/**
 * Runs every step of a tutorial in a new sandbox of that mode, like a reader who presses Run on each, compares the
 * output with what the page says, then checks the effects. Removes the sandbox.
 */
export async function verifyTutorial(
  reader: Pick<Reader, 'claim' | 'run' | 'reset'>,
  tutorial: Tutorial,
  mode: Mode,
  effects?: Effects,
): Promise<Verification> {
  const sandbox = await reader.claim(mode);
  const steps = stepsIn(tutorial.steps, mode);
  const run = new TutorialRun(reader, sandbox.id, steps);
  const { faults } = run;
  const verification: Verification = { tutorial: tutorial.slug, mode, sandbox, steps: [], faults };
  faults.push(...driftFaults(tutorial));
  try {
    for (const step of steps) {
      verification.steps.push(await run.verify(step));
      if (faults.length > 0) return verification;
    }
    const find = (id: string): VerifiedStep | undefined => verification.steps.find((step) => step.id === id);
    faults.push(...openTransactions(steps, (id) => find(id)?.events ?? []));
    const printed = (id: string): string => find(id)?.printed ?? '';
    faults.push(...((await effects?.({ mode, query: run.query, printed, run: run.run })) ?? []));
    for (const named of namedFunctions(tutorial.slug, steps)) {
      const [write, trace] = traceSteps(named);
      await run.run(write);
      const missing = notCalled(named, (await run.run(trace)).printed);
      faults.push(...missing.map((name) => `the page names ${name}, which ${named.file} defines and never calls`));
    }
  } finally {
    await reader.reset(sandbox.id);
  }
  return verification;
}
