import type { Mode } from '../../shared/protocol.ts';
import { stepsIn } from '../../shared/step.ts';
import { Reader } from '../client/reader.ts';
import type { Wanted } from './arguments.ts';
import { effectsOf } from './find-effects.ts';
import { whyLeftOut } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { writeRecording } from './stored-recordings.ts';
import type { Tutorial } from './tutorial.ts';
import { verifyTutorial, type Verification } from './verification.ts';

/**
 * Verifies tutorials on the server at `url`, each mode as a different reader, and prints a result for each with
 * `print`. Leaves out what needs a newer engine than the one that runs, and what has no step in a wanted mode.
 */
export async function verifyAll(
  { tutorials, modes, update }: Wanted,
  url: string,
  print: (line: string) => void,
): Promise<Outcome> {
  const outcome: Outcome = { right: 0, wrong: 0, steps: 0, leftOut: [] };
  for (const tutorial of tutorials) {
    const wanted = modes.filter((mode) => stepsIn(tutorial.steps, mode).length > 0);
    const unmet = await whyLeftOut(new Reader(url), tutorial);
    const reason = wanted.length === 0 ? `${tutorial.slug} has no steps in ${modes.join(' or ')} mode` : unmet;
    if (reason !== undefined) {
      outcome.leftOut.push(reason);
      continue;
    }
    for (const mode of wanted) {
      const verification = await verifyOne(tutorial, mode, url, print);
      outcome.steps += verification.steps.length;
      outcome[verification.faults.length > 0 ? 'wrong' : 'right'] += 1;
      if (verification.faults.length === 0 && update) writeRecording(verification);
    }
  }
  return outcome;
}

async function verifyOne(
  tutorial: Tutorial,
  mode: Mode,
  url: string,
  print: (line: string) => void,
): Promise<Verification> {
  const startMs = performance.now();
  const verification = await verifyTutorial(new Reader(url), tutorial, mode, await effectsOf(tutorial.slug));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const { faults, steps, sandbox } = verification;
  const engine = `${sandbox.engine.name} ${sandbox.engine.version}`;
  const word = faults.length === 0 ? 'right' : 'WRONG';
  print(`${word}  ${tutorial.slug}, ${mode}: ${steps.length} steps in ${seconds} s on ${engine}`);
  for (const fault of faults) print(`       ${fault.replaceAll('\n', '\n       ')}`);
  return verification;
}
