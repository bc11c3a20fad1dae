import type { Mode } from '../../shared/protocol.ts';
import { stepsIn } from '../../shared/step.ts';
import { Reader } from '../client/reader.ts';
import type { Wanted } from './arguments.ts';
import { effectsOf } from './find-effects.ts';
import { whyLeftOut } from './needs.ts';
import { writeRecording } from './stored-recordings.ts';
import type { Tutorial } from './tutorial.ts';
import { verifyTutorial, type Verification } from './verification.ts';

/**
 * Verifies tutorials on the server at `url`, each mode as a reader of its own, and tells how each went, line by line.
 * What needs a newer engine than the one that runs is left out, and told. Returns how many were wrong.
 */
export async function verifyAll(
  { tutorials, modes, update }: Wanted,
  url: string,
  tell: (line: string) => void,
): Promise<number> {
  let wrong = 0;
  for (const tutorial of tutorials) {
    const reason = await whyLeftOut(new Reader(url), tutorial);
    if (reason !== undefined) {
      tell(`left out: ${reason}`);
      continue;
    }
    for (const mode of modes.filter((each) => stepsIn(tutorial.steps, each).length > 0)) {
      const verification = await verifyOne(tutorial, mode, url, tell);
      if (verification.faults.length > 0) wrong += 1;
      else if (update) writeRecording(verification);
    }
  }
  return wrong;
}

async function verifyOne(
  tutorial: Tutorial,
  mode: Mode,
  url: string,
  tell: (line: string) => void,
): Promise<Verification> {
  const startMs = performance.now();
  const verification = await verifyTutorial(new Reader(url), tutorial, mode, await effectsOf(tutorial.slug));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const { faults, steps, sandbox } = verification;
  const engine = `${sandbox.engine.name} ${sandbox.engine.version}`;
  const word = faults.length === 0 ? 'right' : 'WRONG';
  tell(`${word}  ${tutorial.slug}, ${mode}: ${steps.length} steps in ${seconds} s on ${engine}`);
  for (const fault of faults) tell(`       ${fault.replaceAll('\n', '\n       ')}`);
  return verification;
}
