// @ts-check
// The part of set-up that runs in the Node which everything else runs in; `launch.mjs` starts it once the packages are
// there.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSetupSteps, purposes } from './setup-steps.mjs';
import { endBy, heedSignals, Interruption, interruption } from './interruption.mjs';
import { takeLock } from './setup-lock.mjs';
import { sentenceFor, SetupProblem } from './setup-problem.mjs';
import { say } from './say.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const stateDir = join(root, '.bankrun');

/** @param {string} purpose */
async function setUp(purpose) {
  if (!purposes.includes(purpose))
    throw new SetupProblem(`The set-up is for ${purposes.join(', ')}: type "npm run setup".`);
  const release = await takeLock(join(stateDir, 'setup.lock'), say);
  try {
    await runSetupSteps(root, stateDir, purpose);
  } finally {
    release();
  }
}

heedSignals();
let exitCode = 1;
try {
  await setUp(process.argv[2] ?? '');
  // Else the program that comes next would begin.
  interruption.throwIfAborted();
  exitCode = 0;
} catch (cause) {
  if (cause instanceof Interruption) endBy(cause.signal);
  else process.stderr.write(`${sentenceFor(cause)}\n`);
}
// Not by itself: the look-up of a name that nobody answers would hold it for many seconds after we gave up.
process.exit(exitCode);
