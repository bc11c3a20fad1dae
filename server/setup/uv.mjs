// @ts-check
import { join } from 'node:path';
import { findExecutables, runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { pythonSpecifier } from './python-versions.mjs';
import { withProgress } from './say.mjs';

const FIND_MS = 30_000;
const INSTALL_MS = 10 * 60_000;

/** Returns the path of uv, or undefined when it is not on PATH. */
export function findUv() {
  return findExecutables('uv')[0];
}

/**
 * Returns a Python that uv finds, or one that it fetches into the state directory. Throws SetupProblem when neither
 * works.
 * @param {string} what What is needed, as the subject of a sentence.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {string | undefined} otherwise A command that installs one without uv.
 */
export async function pythonFromUv(what, stateDir, attempts, otherwise) {
  const uv = findUv() ?? 'uv';
  const env = { ...process.env, UV_PYTHON_INSTALL_DIR: join(stateDir, 'uv-python'), UV_PYTHON_INSTALL_BIN: '0' };
  const find = async (/** @type {NodeJS.ProcessEnv} */ where) => {
    const args = ['python', 'find', '--system', '--no-project', '--no-python-downloads', pythonSpecifier];
    const { ok, output } = await runCommand(uv, args, { env: where, timeoutMs: FIND_MS });
    // The answer is among warnings; --quiet would suppress it, too.
    return ok ? output.split('\n').findLast((line) => line.startsWith('/')) : undefined;
  };
  // In uv's own folder first, then in the state directory.
  const known = (await find(process.env)) ?? (await find(env));
  if (known) return known;
  const attempt = 'uv python';
  const before = attempts.failedLately(attempt);
  if (before !== undefined) throw new SetupProblem(before);
  const { output, why, ok } = await withProgress('Fetching a Python with uv', () =>
    runCommand(uv, ['python', 'install', pythonSpecifier], { env, timeoutMs: INSTALL_MS }),
  );
  const fetched = ok ? await find(env) : undefined;
  if (fetched) {
    attempts.forget(attempt);
    return fetched;
  }
  const [first, last] = [
    /^error: (.*)$/m.exec(output)?.[1],
    [...output.matchAll(/^ +(?:cause|Caused by): (.*)$/gm)].at(-1)?.[1],
  ];
  const reason = [first, last].filter(Boolean).join(': ') || why || 'it is not found afterwards';
  const other = otherwise ? `, or type "${otherwise}"` : '';
  const sentence =
    `${what} is not installed, and uv could not fetch one (${reason}): see why with "uv python install ` +
    `'${pythonSpecifier}'"${other}, then type "npm run setup".`;
  attempts.remember(attempt, sentence);
  throw new SetupProblem(sentence);
}
