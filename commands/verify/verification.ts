import type { Mode, RunEvent, SandboxInfo, Step } from '../../shared/protocol.ts';
import { compareOutput, explainDifference } from '../../shared/expectation/compare.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { endOf, type Reader } from '../client/reader.ts';
import { driftFaults } from './drift.ts';
import { namedFunctions, notCalled, traceSteps } from './executed-functions.ts';
import { stepsOf, toStep, type Tutorial, type TutorialStep } from './tutorial.ts';

/** What one step printed, and what the page says that it prints. */
export interface VerifiedStep {
  id: string;
  events: RunEvent[];
  printed: string;
}

/** A tutorial done from top to bottom in one mode: its steps, and everything that is wrong with it. */
export interface Verification {
  tutorial: string;
  mode: Mode;
  sandbox: SandboxInfo;
  steps: VerifiedStep[];
  faults: string[];
}

/** Asks the cluster of a verified tutorial: the rows of a statement as root. */
export type Query = (statement: string, database?: string) => Promise<(string | null)[][]>;

/** What a tutorial must have done to the database, beyond what it printed. Gives the faults it finds. */
export type Effects = (context: EffectsContext) => Promise<string[]>;

/** What effects may look at and do, in the sandbox that the tutorial was done in. */
export interface EffectsContext {
  mode: Mode;
  query: Query;
  /** What a step of the tutorial printed. */
  printed: (step: string) => string;
  /** Does a step of the tutorial once more, or one of the effects' own. */
  run: (step: string | Step) => Promise<{ printed: string }>;
}

/**
 * Does every step of a tutorial in a new sandbox of that mode, as a reader who presses Run on one after the other,
 * compares what is printed with what the page says, then looks at the effects. The sandbox is removed.
 */
export async function verifyTutorial(
  reader: Reader,
  tutorial: Tutorial,
  mode: Mode,
  effects?: Effects,
): Promise<Verification> {
  const sandbox = await reader.claim(mode);
  const result: Verification = { tutorial: tutorial.slug, mode, sandbox, steps: [], faults: [] };
  result.faults.push(...driftFaults(tutorial));
  const captures = new Map<string, string>();
  const planned = stepsOf(tutorial, mode);
  const doStep = async (step: string | Step): Promise<VerifiedStep> => {
    const sent = typeof step === 'string' ? toStep(named(planned, step)) : step;
    const { events } = await reader.run(sandbox.id, [sent]);
    const done = { id: sent.id, events, printed: printedText(events) };
    const end = endOf(events);
    for (const event of events)
      if (event.type === 'session')
        result.faults.push(`${placeOf(planned.find((one) => one.id === sent.id))}step ${sent.id}: ${event.message}`);
    if (end.reason !== 'finished')
      result.faults.push(
        `${placeOf(planned.find((one) => one.id === sent.id))}step ${sent.id} ended with ${end.reason}: ${end.message ?? done.printed.slice(-2000)}`,
      );
    return done;
  };
  try {
    for (const step of planned) {
      const done = await doStep(step.id);
      result.steps.push(done);
      if (step.expected !== null && step.expected !== undefined) {
        const comparison = compareOutput(step.expected, done.printed, captures, step.unordered);
        if (!comparison.fits)
          result.faults.push(
            `${placeOf(step)}step ${step.id} prints (+) something else than the page says (-):\n${explainDifference(comparison)}`,
          );
      }
      if (result.faults.length > 0) return result;
    }
    result.faults.push(...leftOpen(planned, result.steps));
    const query: Query = async (statement, database = 'bank') => {
      const { events } = await reader.run(sandbox.id, [
        { id: 'effects', kind: 'sql', statements: statement, user: 'root', database },
      ]);
      if (endOf(events).reason !== 'finished') throw new Error(`${statement}: ${printedText(events)}`);
      const answers = events.filter((event) => event.type === 'rows');
      const cut = answers.find(({ rows, count = rows.length }) => count > rows.length);
      if (cut)
        throw new Error(`${statement}: gives ${cut.count} rows, more than can be looked at (${cut.rows.length})`);
      return answers.flatMap(({ rows }) => rows);
    };
    const printed = (id: string): string => result.steps.find((step) => step.id === id)?.printed ?? '';
    result.faults.push(...((await effects?.({ mode, query, printed, run: doStep })) ?? []));
    for (const named of namedFunctions(tutorial.slug, planned)) {
      const [write, trace] = traceSteps(named.file);
      await doStep(write);
      const missing = notCalled(named, (await doStep(trace)).printed);
      result.faults.push(
        ...missing.map((name) => `the page names ${name}, which ${named.file} defines and never calls`),
      );
    }
  } finally {
    await reader.reset(sandbox.id);
  }
  return result;
}

/** Transactions that nobody ends: what was done in them is lost with their sessions. */
function leftOpen(planned: TutorialStep[], steps: VerifiedStep[]): string[] {
  const last = new Map<string, string | undefined>();
  for (const step of planned.filter(({ kind, session }) => kind === 'sql' && session !== undefined)) {
    const isOpen = steps
      .find(({ id }) => id === step.id)
      ?.events.some((event) => event.type === 'done' && event.transaction !== undefined);
    last.set(
      keyOf(step),
      isOpen ? `${placeOf(step)}step ${step.id} leaves a transaction open that no later step ends` : undefined,
    );
  }
  return [...last.values()].filter((fault) => fault !== undefined);
}

const keyOf = ({ session, user, database }: TutorialStep): string => JSON.stringify([session, user, database]);

/** Where the author wrote a step, to begin a sentence with; nothing for steps of the effects' own. */
function placeOf(step: TutorialStep | undefined): string {
  return step?.source ? `${step.source.file}:${step.source.line}: ` : '';
}

function named(steps: TutorialStep[], id: string): TutorialStep {
  const step = steps.find((one) => one.id === id);
  if (!step) throw new Error(`there is no step ${id}; there are: ${steps.map((one) => one.id).join(', ')}`);
  return step;
}
