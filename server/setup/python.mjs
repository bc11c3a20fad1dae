import { join } from 'node:path';
import { findExecutables, runCommand } from './command.mjs';
import { installDebianPackages } from './debian.mjs';
import { SetupProblem } from './problem.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';

/** PonyORM 0.7.19 supports nothing newer. */
const VERSIONS = ['3.11', '3.12'];
/** Debian's own first: the sandbox has its prefix, /usr, anyway. */
const FIRST = '/usr/bin/python3';
const ASK_MS = 20_000;

const QUESTION = `
import importlib.util, json, sys
print(json.dumps({
    'version': '%d.%d.%d' % sys.version_info[:3],
    'executable': getattr(sys, '_base_executable', None) or sys.executable,
    'prefix': sys.base_prefix,
    'pip': importlib.util.find_spec('pip') is not None,
}))`;

/**
 * @typedef {object} Python
 * @property {string} executable Not a virtual environment's: the interpreter itself.
 * @property {string} version As in 3.11.2.
 * @property {string} [prefix] Where it and its library lie, when that is not in /usr.
 */

/**
 * The interpreter that the tutorials' programs run on, with pip. Throws SetupProblem when there is none.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<Python>}
 */
export async function choosePython(stateDir, attempts) {
  const candidates = [...new Set([FIRST, ...['python3', 'python3.12', 'python3.11', 'python'].flatMap((name) => findExecutables(name))])];
  const stamp = join(stateDir, 'stamps/python.json');
  const key = candidates.map(identityOf).join('\n');
  const known = readStamp(stamp, key);
  if (known) return known;
  const met = [];
  for (const candidate of candidates) {
    const answer = await askPython(candidate);
    if (!answer) continue;
    met.push(answer.version);
    if (!VERSIONS.some((version) => answer.version.startsWith(`${version}.`))) continue;
    if (!answer.pip) {
      await installDebianPackages(`pip for ${candidate}`, ['python3-pip', 'python3-venv'], attempts);
      if (!(await askPython(candidate))?.pip) continue;
    }
    const { executable, version, prefix } = answer;
    const python = { executable, version, ...(isBelow(prefix, '/usr') ? {} : { prefix }) };
    writeStamp(stamp, key, python);
    return python;
  }
  const found = met.length > 0 ? `only ${[...new Set(met)].join(', ')} found` : 'none found';
  throw new SetupProblem(`Python 3.11 or 3.12 with pip is needed to run the tutorials (${found}): install one (on Debian 12: apt-get install python3 python3-pip), then start again.`);
}

/** @param {string} executable */
async function askPython(executable) {
  const { ok, output } = await runCommand(executable, ['-I', '-c', QUESTION], { timeoutMs: ASK_MS });
  if (!ok) return undefined;
  return /** @type {{ version: string, executable: string, prefix: string, pip: boolean }} */ (JSON.parse(output.trim().split('\n').at(-1) ?? 'null'));
}

/** @param {string} path @param {string} folder */
function isBelow(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}
