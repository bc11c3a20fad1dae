import type { Mode, SandboxInfo } from '../../shared/protocol.ts';
import { stepsIn, type PageStep } from '../../shared/step.ts';
import type { Reader } from '../client/reader.ts';
import { driftFaults } from './drift.ts';
import type { Effects } from './effects.ts';
import { callFaults, namedFunctions, traceSteps } from './executed-functions.ts';
import { checkEffects } from './find-effects.ts';
import { openTransactions } from './open-transactions.ts';
import { noSuchStep, TutorialRun, type VerifiedStep } from './tutorial-run.ts';
import type { Tutorial } from './tutorial.ts';

/** A tutorial that was run from top to bottom in one mode: its steps and its faults. */
export interface Verification {
  tutorial: string;
  mode: Mode;
  sandbox: SandboxInfo;
  /** Up to the first step with a fault. */
  steps: VerifiedStep[];
  faults: string[];
  checked: Checked;
}

/** What was checked besides that each step succeeds. */
interface Checked {
  /** Steps whose output was compared with what the page says. */
  outputs: number;
  effects: boolean;
  /** Functions that the prose names, and whose programs were traced. */
  functions: number;
}

type Client = Pick<Reader, 'claim' | 'run' | 'reset'>;

/**
 * Runs every step of a tutorial in a new sandbox of that mode, like a reader who presses Run on each, compares the
 * output with what the page says, then checks the effects. Removes the sandbox.
 */
export async function verifyTutorial(
  reader: Client,
  tutorial: Tutorial,
  mode: Mode,
  effects?: Effects,
): Promise<Verification> {
  const steps = stepsIn(tutorial.steps, mode);
  return await inSandbox(reader, tutorial, mode, async (run, verification) => {
    const { faults, checked } = verification;
    faults.push(...driftFaults(tutorial));
    if (!(await runSteps(run, steps, verification))) return;
    const find = (id: string): VerifiedStep | undefined => verification.steps.find((step) => step.id === id);
    faults.push(...openTransactions(steps, (id) => find(id)?.events ?? []));
    const printed = (id: string): string => find(id)?.printed ?? nothing(tutorial.steps, id);
    if (effects) {
      faults.push(...(await checkEffects(tutorial, effects, { mode, query: run.query, printed, run: run.run })));
      checked.effects = true;
    }
    for (const named of namedFunctions(tutorial, steps)) {
      const [write, trace] = traceSteps(named);
      await run.run(write);
      faults.push(...callFaults(named, (await run.run(trace)).printed));
      checked.functions += named.functions.length;
    }
  });
}

/** Returns what a step of the other mode printed. Throws an Error when neither mode has a step with that id. */
function nothing(steps: readonly PageStep[], id: string): '' {
  if (steps.some(({ step }) => step.id === id)) return '';
  throw noSuchStep(id, steps);
}

/**
 * Runs one step of a tutorial in a new sandbox of that mode, after all steps above it, and compares its output with
 * what the page says. Of the others, only a failure is a fault.
 */
export async function verifyStep(reader: Client, tutorial: Tutorial, mode: Mode, id: string): Promise<Verification> {
  const steps = stepsIn(tutorial.steps, mode);
  const at = steps.findIndex(({ step }) => step.id === id);
  const silent = steps.slice(0, at).map((each) => ({ ...each, expected: undefined }));
  return await inSandbox(reader, tutorial, mode, async (run, verification) => {
    await runSteps(run, [...silent, ...steps.slice(at, at + 1)], verification);
  });
}

/** Runs steps up to the first with a fault. Returns whether none had one. */
async function runSteps(run: TutorialRun, steps: readonly PageStep[], verification: Verification): Promise<boolean> {
  for (const step of steps) {
    const before = run.faults.length;
    verification.steps.push(await run.verify(step));
    if (step.expected) verification.checked.outputs += 1;
    if (run.faults.length > before) return false;
  }
  return true;
}

async function inSandbox(
  reader: Client,
  { slug, steps }: Tutorial,
  mode: Mode,
  work: (run: TutorialRun, verification: Verification) => Promise<void>,
): Promise<Verification> {
  const sandbox = await reader.claim(mode);
  const run = new TutorialRun(reader, sandbox.id, stepsIn(steps, mode));
  const checked = { outputs: 0, effects: false, functions: 0 };
  const verification: Verification = { tutorial: slug, mode, sandbox, steps: [], faults: run.faults, checked };
  try {
    await work(run, verification);
  } finally {
    await reader.reset(sandbox.id);
  }
  return verification;
}
