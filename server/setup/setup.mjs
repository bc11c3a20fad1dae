// @ts-check
// The first-run set-up, before `npm start`, `npm test` and `npm run dev`: makes what is missing, skips what is there. Plain
// JavaScript on core modules, because it runs on whatever Node the machine has, before any package is installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOut, purposes } from './find-out.mjs';
import { endBy, heedSignals, Interruption, interruption, isEnding } from './interruption.mjs';
import { takeLock } from './lock.mjs';
import { ownEnvironment, ownNode } from './own-node.mjs';
import { installPackages } from './packages.mjs';
import { SetupProblem } from './problem.mjs';
import { say } from './say.mjs';

const LEAST_NODE = 20;

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const stateDir = join(root, '.bankrun');

/** @param {string} purpose */
async function setUp(purpose) {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    throw new SetupProblem(`Bankrun's set-up needs Node ${LEAST_NODE} or newer, and this is ${process.versions.node}: install a newer one, then start again.`);
  }
  if (!purposes.includes(purpose)) throw new SetupProblem(`The set-up is for ${purposes.join(', ')}: type "npm run setup".`);
  // The sandbox's users are others than whoever sets up, and read what is installed here.
  process.umask(0o022);
  let release = await takeLock(join(stateDir, 'setup.lock'), say);
  try {
    await installPackages(root);
    const own = ownNode(root);
    if (realpathSync(own) === realpathSync(process.execPath)) {
      await findOut(root, stateDir, purpose);
      return 0;
    }
    // From here on under our own Node, which the later steps may rely on; it takes the lock for itself.
    release();
    release = () => {};
    return await goOnUnder(own, purpose);
  } finally {
    release();
  }
}

/**
 * The same set-up under another Node, which is told to end when this one is. Gives its exit code.
 * @param {string} node
 * @param {string} purpose
 */
async function goOnUnder(node, purpose) {
  interruption.throwIfAborted();
  const inner = spawn(node, [fileURLToPath(import.meta.url), purpose], { stdio: 'inherit', env: ownEnvironment(root) });
  interruption.addEventListener('abort', () => inner.kill(interruption.reason.signal));
  const [code, signal] = await once(inner, 'exit');
  interruption.throwIfAborted();
  if (isEnding(signal)) throw new Interruption(signal);
  if (signal) throw new SetupProblem(`The set-up was ended by ${signal}: start again.`);
  return code;
}

heedSignals();
let exitCode = 1;
try {
  exitCode = await setUp(process.argv[2] ?? '');
  // Else the program that npm starts next would begin.
  interruption.throwIfAborted();
} catch (cause) {
  if (cause instanceof Interruption) endBy(cause.signal);
  else if (cause instanceof SetupProblem) process.stderr.write(`${cause.message}\n`);
  else throw cause;
}
// Not by itself: the look-up of a name that nobody answers would hold it for many seconds after we gave up.
process.exit(exitCode);
