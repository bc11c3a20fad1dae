// @ts-check
import { join } from 'node:path';

const ASK_MS = 30_000;
/** Creating an environment unpacks pip, which takes minutes on an emulated or busy processor. */
const VENV_MS = 10 * 60_000;

const PIP = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--retries', '2'];
/**
 * Copies instead of links, which would change with uv's cache; compiled, because the folder is read-only in sandboxes.
 */
const UV = ['pip', 'install', '--no-progress', '--link-mode', 'copy', '--compile-bytecode'];

/**
 * Returns a command that installs packages for an interpreter: its own pip, else the pip of a new virtual environment,
 * else uv. All accept the same further options after `args`.
 * @param {import('../set-up.ts').SetUpTools} tools
 * @param {string} scratch The folder for the virtual environment; the caller removes it.
 * @returns {Promise<{ command: string, args: string[] } | undefined>} Undefined when the machine has none of them.
 */
export async function findInstaller({ python: { executable }, run, find }, scratch) {
  const works = async (/** @type {string[]} */ args, /** @type {number} */ timeoutMs) =>
    (await run(executable, args, { timeoutMs })).ok;
  if (await works(['-m', 'pip', '--version'], ASK_MS)) return { command: executable, args: PIP };
  if (await works(['-m', 'venv', '--clear', scratch], VENV_MS))
    return { command: join(scratch, 'bin/python'), args: PIP };
  const uv = find('uv');
  return uv ? { command: uv, args: [...UV, '--python', executable] } : undefined;
}
