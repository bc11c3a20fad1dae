// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { SetupProblem } from './problem.mjs';
import { findInstaller } from './python-installer.mjs';
import { withProgress } from './say.mjs';

/** On an emulated processor it takes a quarter of an hour. */
const INSTALL_MS = 30 * 60_000;
const SHOWN_LINES = 8;

/**
 * The tutorials' Python packages, at the versions and with the hashes of content/requirements.txt. The folder carries
 * interpreter and list in its name and appears whole or not at all, so that its being there is the stamp. Throws
 * SetupProblem.
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
  const scratch = `${folder}.venv`;
  try {
    for (const leftover of [half, scratch]) rmSync(leftover, { recursive: true, force: true });
    const title = "Installing the tutorials' Python packages";
    const { ok, problem } = await withProgress(title, () => install(python.executable, half, scratch, list));
    if (!ok) {
      const sentence = `The tutorials' Python packages could not be installed (${problem}): mend that, then type "npm run setup".`;
      attempts.remember(folder, sentence);
      throw new SetupProblem(sentence);
    }
    renameSync(half, folder);
  } finally {
    for (const leftover of [half, scratch]) rmSync(leftover, { recursive: true, force: true });
  }
  attempts.forget(folder);
  return folder;
}

/**
 * @param {string} executable
 * @param {string} target
 * @param {string} scratch
 * @param {string} list
 * @returns {Promise<{ ok: boolean, problem: string }>} With what went wrong.
 */
async function install(executable, target, scratch, list) {
  const installer = await findInstaller(executable, scratch);
  if (!installer) return { ok: false, problem: `${executable} has no pip, and makes no virtual environment` };
  const args = [...installer.args, '--target', target, '--require-hashes', '--only-binary', ':all:', '-r', list];
  // Its own settings for where packages go would contradict --target.
  const env = { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_BREAK_SYSTEM_PACKAGES: '1' };
  const { ok, output, why } = await runCommand(installer.command, args, { env, timeoutMs: INSTALL_MS });
  return { ok, problem: reasonIn(output) || why };
}

/**
 * The lines in which pip or uv say why.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:ERROR|error:|cause:|Caused by:|×|╰─▶)/.test(line));
  return lines.slice(0, SHOWN_LINES).join(' ');
}
