// @ts-check
import { findExecutables } from './run-command.mjs';
import { unprivilegedProblem } from './rootless/obstacles.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Debian keeps it where an ordinary person's PATH does not look. */
const SYSTEM_PLACES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/**
 * The program that starts containers: the one that RUNTIME names, else runc. Whether it can make a sandbox with its
 * limits is for the server's self-test to say. Throws SetupProblem when there is none, or when this user can have no
 * sandbox.
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
 * Where programs of that name are, on PATH first.
 * @param {'runc' | 'runsc'} name
 */
export function findRuntimes(name) {
  return findExecutables(name, SYSTEM_PLACES);
}
