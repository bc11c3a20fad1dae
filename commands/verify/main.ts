import { parseArgs } from 'node:util';
import { MODES } from '../../shared/modes.ts';
import { stepsIn } from '../../shared/step.ts';
import { Reader } from '../client/reader.ts';
import { startServer } from '../client/server.ts';
import { effectsOf } from './find-effects.ts';
import { whyLeftOut } from './needs.ts';
import { writeRecording } from './recording.ts';
import { readTutorials } from './tutorial.ts';
import { verifyTutorial } from './verification.ts';

/**
 * `npm run verify [-- TUTORIAL…] [--mode secure|insecure] [--update]`: does every step of the tutorials as a reader
 * would and says what is wrong, and where; what needs a newer engine than the one that runs is left out. `--update`
 * stores the output as the recording that the page shows.
 */
function readArguments(): { values: { mode?: string; update?: boolean }; positionals: string[] } {
  try {
    return parseArgs({ allowPositionals: true, options: { mode: { type: 'string' }, update: { type: 'boolean' } } });
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exit(2);
  }
}

const { values, positionals } = readArguments();
const modes = MODES.filter((mode) => values.mode === undefined || values.mode === mode);
const tutorials = readTutorials().filter(
  ({ slug }) => positionals.length === 0 || positionals.some((name) => slug === name || slug.endsWith(`-${name}`)),
);

if (modes.length === 0 || tutorials.length === 0) {
  console.error(
    modes.length === 0
      ? `There is no mode ${values.mode}: choose secure or insecure.`
      : `There is no tutorial ${positionals.join(', ')}. There are: ${readTutorials()
          .map(({ slug }) => slug)
          .join(', ')}.`,
  );
  process.exit(2);
}

const server = await startServer();
let faulty = 0;
try {
  if (server.off !== undefined) throw new Error(`Tutorials cannot be verified here: ${server.off}`);
  for (const tutorial of tutorials) {
    const reason = await whyLeftOut(new Reader(server.url), tutorial);
    if (reason !== undefined) {
      console.log(`left out: ${reason}`);
      continue;
    }
    for (const mode of modes.filter((one) => stepsIn(tutorial.steps, one).length > 0)) {
      const startMs = performance.now();
      const verification = await verifyTutorial(new Reader(server.url), tutorial, mode, await effectsOf(tutorial.slug));
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
      const { faults, steps, sandbox } = verification;
      console.log(
        `${faults.length === 0 ? 'right' : 'WRONG'}  ${tutorial.slug}, ${mode}: ${steps.length} steps in ${seconds} s on ${sandbox.engine.name} ${sandbox.engine.version}`,
      );
      for (const fault of faults) console.log(`       ${fault.replaceAll('\n', '\n       ')}`);
      if (faults.length > 0) faulty += 1;
      else if (values.update) writeRecording(verification);
    }
  }
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  faulty += 1;
} finally {
  await server.stop();
}
process.exitCode = faulty === 0 ? 0 : 1;
