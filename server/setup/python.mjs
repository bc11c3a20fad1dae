// @ts-check
import { join } from 'node:path';
import { findExecutables, runCommand } from './command.mjs';
import { SetupProblem } from './problem.mjs';
import { pythonParts } from './python-parts.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** PonyORM 0.7.19 supports nothing newer. */
const VERSIONS = ['3.11', '3.12'];
/** Debian's own first: the sandbox has what packages installed in /usr anyway. */
const FIRST = '/usr/bin/python3';
const ASK_MS = 20_000;

const QUESTION = `
import importlib.util, json, os, sys, sysconfig
print(json.dumps({
    'version': '%d.%d.%d' % sys.version_info[:3],
    'executable': os.path.realpath(getattr(sys, '_base_executable', None) or sys.executable),
    'prefix': os.path.realpath(sys.base_prefix),
    'library': sorted({os.path.realpath(sysconfig.get_path(name)) for name in ('stdlib', 'platstdlib')}),
    'pip': importlib.util.find_spec('pip') is not None,
}))`;

/**
 * @typedef {object} Python
 * @property {string} executable Not a virtual environment's: the interpreter itself.
 * @property {string} version As in 3.11.2.
 * @property {string[]} [parts] Its files and folders, where a system's package did not install it.
 */

/**
 * The interpreter that the tutorials' programs run on, with pip. Throws SetupProblem when there is none.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<Python>}
 */
export async function choosePython(stateDir, attempts, first = FIRST) {
  const candidates = [...new Set([first, ...['python3', 'python3.12', 'python3.11', 'python'].flatMap((name) => findExecutables(name))])];
  const stamp = join(stateDir, 'stamps/python.json');
  const key = [QUESTION, ...candidates.map(identityOf)].join('\n');
  const known = readStamp(stamp, key);
  if (known) return known;
  const met = [];
  for (const candidate of candidates) {
    const answer = await askPython(candidate);
    if (answer) met.push(answer);
  }
  const fitting = met.filter(({ version }) => VERSIONS.some((wanted) => version.startsWith(`${wanted}.`)));
  const chosen = fitting.find(({ pip }) => pip) ?? (await withPip(fitting[0], attempts));
  if (!chosen) {
    const found = met.length > 0 ? `only ${[...new Set(met.map(({ version }) => version))].join(', ')} found` : 'none found';
    throw new SetupProblem(`Python 3.11 or 3.12 with pip is needed to run the tutorials (${found}): install one (on Debian 12: apt-get install python3 python3-pip), then start again.`);
  }
  const { executable, version } = chosen;
  const parts = await pythonParts(chosen);
  const python = { executable, version, ...(parts ? { parts } : {}) };
  writeStamp(stamp, key, python);
  return python;
}

/**
 * @param {Answer | undefined} python
 * @param {import('./attempts.mjs').Attempts} attempts
 */
async function withPip(python, attempts) {
  if (!python) return undefined;
  await installSystemPackages(`pip for ${python.executable}`, ['python-venv'], attempts);
  const answer = await askPython(python.executable);
  return answer?.pip ? answer : undefined;
}

/** @typedef {{ version: string, executable: string, prefix: string, library: string[], pip: boolean }} Answer */

/**
 * @param {string} executable
 * @returns {Promise<Answer | undefined>} Nothing when it is no Python 3 that runs.
 */
async function askPython(executable) {
  const { ok, output } = await runCommand(executable, ['-I', '-c', QUESTION], { timeoutMs: ASK_MS });
  if (!ok) return undefined;
  return JSON.parse(output.trim().split('\n').at(-1) ?? 'null');
}
