// @ts-check
import { readFileSync } from 'node:fs';
import { findExecutables, runCommand } from './command.mjs';
import { SetupProblem } from './problem.mjs';
import { withProgress } from './say.mjs';

const APT_MS = 10 * 60_000;
const LIST_MS = 2 * 60_000;

/**
 * Installs Debian packages where that can be done without asking anybody: as root, on Debian or a system made from it. Elsewhere,
 * and when it fails, throws SetupProblem with the command to type.
 * @param {string} purpose What it is for, as the subject of a sentence: "The container runtime runc".
 * @param {string[]} packages
 * @param {import('./attempts.mjs').Attempts} attempts
 */
export async function installDebianPackages(purpose, packages, attempts) {
  const command = `apt-get install ${packages.join(' ')}`;
  if (!isDebian()) throw new SetupProblem(`${purpose} is not installed, and this is no Debian: install it, then start again (on Debian: ${command}).`);
  if (process.getuid?.() !== 0) throw new SetupProblem(`${purpose} is not installed: type "sudo ${command}", then start again.`);
  const attempt = `apt ${packages.join(' ')}`;
  const before = attempts.failedLately(attempt);
  if (before !== undefined) throw new SetupProblem(before);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const done = await withProgress(`Installing ${packages.join(' and ')}`, async () => {
    // A failed list is no reason to stop: the old one may know the package.
    await runCommand('apt-get', ['update', '-q', '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=1'], { env, timeoutMs: LIST_MS });
    const args = ['install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...packages];
    return runCommand('apt-get', args, { env, timeoutMs: APT_MS });
  });
  if (done.ok) {
    attempts.forget(attempt);
    return;
  }
  const error = /^E: (.*)$/m.exec(done.output)?.[1] ?? done.why;
  const sentence = `${purpose} is not installed, and "${command}" failed (${error}): install it, then start again.`;
  attempts.remember(attempt, sentence);
  throw new SetupProblem(sentence);
}

function isDebian(release = '/etc/os-release') {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync(release, 'utf8')) && findExecutables('apt-get').length > 0;
  } catch {
    return false;
  }
}
