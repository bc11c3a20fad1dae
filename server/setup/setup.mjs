// @ts-check
// The part of set-up that runs on the same Node as everything else; `launch.mjs` starts it after the packages are
// installed.
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
    throw new SetupProblem(`The purpose must be one of ${purposes.join(', ')}: type "npm run setup".`);
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
  // Otherwise the next program would be started.
  interruption.throwIfAborted();
  exitCode = 0;
} catch (cause) {
  if (cause instanceof Interruption) endBy(cause.signal);
  else process.stderr.write(`${sentenceFor(cause)}\n`);
}
// Explicitly, because a pending DNS query would keep the process alive for many seconds after set-up has given up.
process.exit(exitCode);
