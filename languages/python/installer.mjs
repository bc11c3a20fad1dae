// @ts-check
import { join } from 'node:path';

const ASK_MS = 30_000;
/** It unpacks pip: minutes on an emulated processor, or a busy one. */
const VENV_MS = 10 * 60_000;

const PIP = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--retries', '2'];
/** Copies, for a link into uv's cache would change when that does; compiled, for the sandbox's folder is read-only. */
const UV = ['pip', 'install', '--no-progress', '--link-mode', 'copy', '--compile-bytecode'];

/**
 * What installs packages for an interpreter: its own pip; else the pip of a virtual environment, which needs none of
 * the system's; else uv. The options after `args` are the same for each.
 * @param {import('../set-up.ts').SetUpTools} tools
 * @param {string} scratch Where the virtual environment may lie; whoever asks removes it.
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
