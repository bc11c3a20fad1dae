import type { Mode } from '../../shared/protocol.ts';
import { stepsIn } from '../../shared/step.ts';
import { Reader } from '../client/reader.ts';
import type { Wanted } from './arguments.ts';
import { EffectsFault, effectsOf } from './find-effects.ts';
import { inOrder } from './in-order.ts';
import { whyLeftOut } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { mistakeLines, verificationLines } from './result-lines.ts';
import { recordingClause } from './stored-recordings.ts';
import type { SourceTutorial } from './tutorial.ts';
import { verifyStep, verifyTutorial, type Verification } from './verification.ts';

/** Where and how pages are verified. */
export interface Place {
  /** The server's address. */
  url: string;
  /** How many are verified at a time. */
  atOnce: number;
  print: (line: string) => void;
  /** Makes effects that have changed be loaded anew. */
  version?: string;
}

interface Job {
  tutorial: SourceTutorial;
  mode: Mode;
}

/**
 * Verifies tutorials on a server, each mode as a different reader, and prints a result for each, in their order. Leaves
 * out what needs a newer engine than the one that runs, and what has no step in a wanted mode.
 */
export async function verifyAll(wanted: Wanted, place: Place): Promise<Outcome> {
  const outcome: Outcome = { right: 0, wrong: 0, steps: 0, leftOut: [] };
  const jobs: Job[] = [];
  for (const tutorial of wanted.tutorials) {
    const lines = mistakeLines(tutorial);
    for (const line of lines) place.print(line);
    if (lines.length > 0) outcome.wrong += 1;
    if (tutorial.mistakes.length > 0) continue;
    const modes = wanted.modes.filter((mode) => stepsIn(tutorial.steps, mode).length > 0);
    const unmet = await whyLeftOut(new Reader(place.url), tutorial);
    const reason = modes.length === 0 ? `${tutorial.slug} has no steps in ${wanted.modes.join(' or ')} mode` : unmet;
    if (reason !== undefined) outcome.leftOut.push(reason);
    else jobs.push(...modes.map((mode) => ({ tutorial, mode })));
  }
  const work = jobs.map((job) => async () => await verifyOne(job, wanted, place));
  for await (const { verification, lines } of inOrder(work, place.atOnce)) {
    for (const line of lines) place.print(line);
    outcome.steps += verification.steps.length;
    outcome[verification.faults.length > 0 ? 'wrong' : 'right'] += 1;
  }
  return outcome;
}

async function verifyOne(
  { tutorial, mode }: Job,
  { only, update }: Wanted,
  { url, version }: Place,
): Promise<{ verification: Verification; lines: string[] }> {
  const startMs = performance.now();
  const verification = await verificationOf(new Reader(url), tutorial, mode, only, version);
  const seconds = (performance.now() - startMs) / 1000;
  const isWhole = only === undefined && verification.faults.length === 0;
  const recording = isWhole ? recordingClause(tutorial, verification, update) : undefined;
  return { verification, lines: verificationLines(verification, { seconds, only, recording }) };
}

async function verificationOf(
  reader: Reader,
  tutorial: SourceTutorial,
  mode: Mode,
  only: string | undefined,
  version: string | undefined,
): Promise<Verification> {
  if (only !== undefined) return await verifyStep(reader, tutorial, mode, only);
  if (tutorial.hasWrongEffects) return await verifyTutorial(reader, tutorial, mode);
  try {
    return await verifyTutorial(reader, tutorial, mode, await effectsOf(tutorial.slug, tutorial.content, version));
  } catch (cause) {
    if (!(cause instanceof EffectsFault)) throw cause;
    const verification = await verifyTutorial(reader, tutorial, mode);
    verification.faults.push(cause.message);
    return verification;
  }
}
