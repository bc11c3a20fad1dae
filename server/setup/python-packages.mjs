// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { SetupProblem } from './problem.mjs';
import { withProgress } from './say.mjs';

const INSTALL_MS = 10 * 60_000;
const SHOWN_LINES = 8;

/**
 * The tutorials' Python packages, at the versions and with the hashes of content/requirements.txt. The folder carries interpreter
 * and list in its name and appears whole or not at all, so that its being there is the stamp. Throws SetupProblem.
 * @param {string} root
 * @param {string} stateDir
 * @param {import('./python.mjs').Python} python
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<string>} The folder, for the interpreter's search path.
 */
export async function installPythonPackages(root, stateDir, python, attempts) {
  const list = join(root, 'content/requirements.txt');
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12);
  const folder = join(stateDir, 'python', `${python.version}-${hash}`);
  if (existsSync(folder)) return folder;
  const before = attempts.failedLately(folder);
  if (before !== undefined) throw new SetupProblem(before);
  const half = `${folder}.partial`;
  rmSync(half, { recursive: true, force: true });
  const args = ['-m', 'pip', 'install', '--target', half, '--require-hashes', '--only-binary', ':all:', '--no-input', '--disable-pip-version-check', '--retries', '2', '-r', list];
  // Its own settings for where packages go would contradict --target.
  const env = { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_BREAK_SYSTEM_PACKAGES: '1' };
  const done = await withProgress('Installing the tutorials\' Python packages', () => runCommand(python.executable, args, { env, timeoutMs: INSTALL_MS }));
  if (!done.ok) {
    rmSync(half, { recursive: true, force: true });
    const errors = done.output.split('\n').filter((line) => line.startsWith('ERROR')).slice(0, SHOWN_LINES).join(' ');
    const sentence = `The tutorials' Python packages could not be installed (${errors || done.why}): see why with "${python.executable} -m pip download --require-hashes --no-deps -d /tmp/wheels -r content/requirements.txt", then type "npm run setup".`;
    attempts.remember(folder, sentence);
    throw new SetupProblem(sentence);
  }
  renameSync(half, folder);
  attempts.forget(folder);
  return folder;
}
