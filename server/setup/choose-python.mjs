// @ts-check
import { join } from 'node:path';
import { findExecutables, isExecutable, runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { pythonParts } from './python-parts.mjs';
import { isServed, pythonRange, pythonSeries } from './python-versions.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';
import { commandFor, installSystemPackages } from './system-packages.mjs';
import { findUv, pythonFromUv } from './uv.mjs';

/** The system's Python comes first, because sandboxes contain the system's packages in /usr anyway. */
const FIRST = '/usr/bin/python3';
const NAMES = [...pythonSeries.map((series) => `python${series}`), 'python3', 'python'];
const ASK_MS = 20_000;

const QUESTION = `
import importlib.util, json, os, sys, sysconfig
has = lambda name: importlib.util.find_spec(name) is not None
print(json.dumps({
    'version': '%d.%d.%d' % sys.version_info[:3],
    'wheels': sys.implementation.name == 'cpython' and not sysconfig.get_config_var('Py_GIL_DISABLED'),
    'executable': os.path.realpath(getattr(sys, '_base_executable', None) or sys.executable),
    'prefix': os.path.realpath(sys.base_prefix),
    'library': sorted({os.path.realpath(sysconfig.get_path(name)) for name in ('stdlib', 'platstdlib')}),
    'installs': has('pip') or has('venv') and has('ensurepip'),
}))`;

/**
 * @typedef {object} Python
 * @property {string} executable The interpreter itself, not one of a virtual environment.
 * @property {string} version For example 3.11.2.
 * @property {string[]} [parts] Its files and folders, if it was not installed by a package of the system.
 */

/**
 * Returns the Python for the agent and the tutorials, for which packages can be installed: the system's, else the
 * newest on PATH, else one that uv provides, else one from the system's packages. Throws SetupProblem when there is
 * none.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {string} [first]
 * @param {import('./system-packages.mjs').Machine} [machine]
 * @returns {Promise<Python>}
 */
export async function choosePython(stateDir, attempts, first = FIRST, machine) {
  const stamp = join(stateDir, 'stamps/python.json');
  const known = readStamp(stamp, keyOf(first));
  if (known && isExecutable(known.executable)) return known;
  const chosen = await fittingPython(stateDir, attempts, first, machine);
  const { executable, version } = chosen;
  const parts = await pythonParts(chosen);
  const python = { executable, version, ...(parts ? { parts } : {}) };
  // Computed again, because something may have been installed.
  writeStamp(stamp, keyOf(first), python);
  return python;
}

/** @param {string} first */
function keyOf(first) {
  return [QUESTION, ...pythonSeries, ...[...candidates(first), findUv() ?? 'no uv'].map(identityOf)].join('\n');
}

/** @param {string} first */
function candidates(first) {
  return [...new Set([first, ...NAMES.flatMap((name) => findExecutables(name))])];
}

/**
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {string} first
 * @param {import('./system-packages.mjs').Machine} [machine]
 * @returns {Promise<Answer>}
 */
async function fittingPython(stateDir, attempts, first, machine) {
  const { ready, met } = await firstReady(candidates(first));
  if (ready) return ready;
  const fitting = met.find(isFitting);
  if (fitting) return withInstaller(fitting, attempts, machine);
  const found =
    met.length > 0 ? `only ${[...new Set(met.map(({ version }) => version))].join(', ')} found` : 'none found';
  const what = `${pythonRange}, which the tutorials run on (${found}),`;
  const noHelp = isSystemPythonUnfit(await askPython(first), commandFor(['python'], machine));
  if (findUv()) {
    const otherwise = noHelp ? undefined : commandFor(['python', 'python-venv'], machine);
    const answer = await askPython(await pythonFromUv(what, stateDir, attempts, otherwise));
    if (answer && isFitting(answer)) return answer;
  } else if (!noHelp) {
    await installSystemPackages(what, ['python', 'python-venv'], attempts, machine);
    const installed = await firstReady(candidates(first));
    if (installed.ready) return installed.ready;
  }
  throw new SetupProblem(
    `${what} is not installed: install one, or uv (docs.astral.sh/uv), which provides one, then start again.`,
  );
}

/**
 * Whether installing the system's Python would not help, because it is already installed and too old or too new.
 * @param {Answer | undefined} systems
 * @param {string | undefined} command
 */
function isSystemPythonUnfit(systems, command) {
  return systems !== undefined && / python3?$/.test(command ?? '');
}

/**
 * @param {Answer} python
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {import('./system-packages.mjs').Machine} [machine]
 */
async function withInstaller({ executable }, attempts, machine) {
  const what = `What installs packages for ${executable} (pip, or the modules venv and ensurepip)`;
  await installSystemPackages(what, ['python-venv'], attempts, machine);
  const answer = await askPython(executable);
  if (answer?.installs) return answer;
  throw new SetupProblem(
    `${what} is not installed, and no package of the system provides it: install uv ` +
      '(docs.astral.sh/uv), then start again.',
  );
}

/**
 * @typedef {{ version: string, wheels: boolean, executable: string, prefix: string, library: string[], installs:
 * boolean }} Answer
 */

/**
 * Whether the tutorials' packages have wheels for it: they have none for PyPy or for Pythons without the GIL.
 * @param {Answer} answer
 */
function isFitting({ version, wheels }) {
  return wheels && isServed(version);
}

/**
 * Returns the first Python that fits and for which packages can be installed, and all that were found before it.
 * @param {string[]} executables
 */
async function firstReady(executables) {
  const met = [];
  for (const executable of executables) {
    const answer = await askPython(executable);
    if (!answer) continue;
    if (isFitting(answer) && (answer.installs || findUv())) return { ready: answer, met };
    met.push(answer);
  }
  return { met };
}

/**
 * @param {string} executable
 * @returns {Promise<Answer | undefined>} Undefined when it is not a working Python 3.
 */
async function askPython(executable) {
  const { ok, output } = await runCommand(executable, ['-I', '-c', QUESTION], { timeoutMs: ASK_MS });
  if (!ok) return undefined;
  return JSON.parse(output.trim().split('\n').at(-1) ?? 'null');
}
