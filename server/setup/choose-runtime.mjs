// @ts-check
import { findExecutables } from './run-command.mjs';
import { unprivilegedProblem } from './rootless/obstacles.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Debian installs it into a folder that is not on an ordinary user's PATH. */
const SYSTEM_PLACES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/**
 * Returns the program that starts containers: the one that RUNTIME names, else runc. The server's self-test checks
 * later whether it can start a sandbox with its limits. Throws SetupProblem when there is none, or when this user
 * cannot have sandboxes.
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {string | undefined} wanted
 * @returns {Promise<{ name: 'runc' | 'runsc', path: string }>}
 */
export async function chooseRuntime(attempts, wanted = process.env.RUNTIME) {
  const name = wanted || 'runc';
  if (name !== 'runc' && name !== 'runsc') throw new SetupProblem(`RUNTIME must be runc or runsc, not "${name}".`);
  const found = () => findRuntimes(name)[0];
  if (process.platform === 'linux' && process.getuid?.() !== 0) {
    const problem = await unprivilegedProblem(name === 'runc' && !found() ? ['runc'] : []);
    if (problem !== undefined) throw new SetupProblem(problem);
  }
  if (name === 'runc' && !found()) await installSystemPackages('The container runtime runc', ['runc'], attempts);
  const path = found();
  if (!path) throw new SetupProblem(`${name} is not on PATH: install it, then start again.`);
  return { name, path };
}

/**
 * Returns the paths of programs with that name, those on PATH first.
 * @param {'runc' | 'runsc'} name
 */
export function findRuntimes(name) {
  return findExecutables(name, SYSTEM_PLACES);
}
