// @ts-check
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './packages.mjs';
import { findExecutables, runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { withProgress } from './say.mjs';

/** @typedef {import('../../languages/set-up.ts').Interpreter} Interpreter */

/**
 * Returns the set-up functions of the languages in `languages/`, by the names of their folders.
 * @param {string} root
 * @returns {Promise<[name: string, setUp: import('../../languages/set-up.ts').SetUp][]>}
 */
export async function languageSetUps(root) {
  const folder = join(root, 'languages');
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'set-up.mjs')));
  return Promise.all(
    names.map(async (name) => /** @type {const} */ ([name, (await import(join(folder, name, 'set-up.mjs'))).setUp])),
  );
}

/**
 * Returns the tools that languages' set-up functions are called with.
 * @param {string} root
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {{ python: Interpreter, node: Interpreter }} interpreters
 * @returns {import('../../languages/set-up.ts').SetUpTools}
 */
export function toolsOf(root, stateDir, attempts, { python, node }) {
  return {
    root,
    python,
    node,
    run: runCommand,
    npm: runNpm,
    find: (program) => findExecutables(program)[0],
    makeOnce: (name, what, make) => makeOnce(join(stateDir, name), what, make, attempts),
  };
}

/**
 * @param {string} folder
 * @param {string} what
 * @param {(folder: string, scratch: string) => Promise<string | undefined>} make
 * @param {import('./attempts.mjs').Attempts} attempts
 */
async function makeOnce(folder, what, make, attempts) {
  if (existsSync(folder)) return folder;
  const before = attempts.failedLately(folder);
  if (before !== undefined) throw new SetupProblem(before);
  const half = `${folder}.partial`;
  const scratch = `${folder}.scratch`;
  const clear = () => {
    for (const leftover of [half, scratch]) rmSync(leftover, { recursive: true, force: true });
  };
  try {
    clear();
    const problem = await withProgress(`Installing ${what}`, () => make(half, scratch));
    if (problem !== undefined) {
      const subject = what.charAt(0).toUpperCase() + what.slice(1);
      const sentence = `${subject} could not be installed (${problem}): fix that, then type "npm run setup".`;
      attempts.remember(folder, sentence);
      throw new SetupProblem(sentence);
    }
    renameSync(half, folder);
  } finally {
    clear();
  }
  attempts.forget(folder);
  return folder;
}
