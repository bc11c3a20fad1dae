// @ts-check
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { ownNodeProblem } from './own-node.mjs';
import { nodePackages, thisPlatform } from './platform-packages.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { withProgress } from './say.mjs';

const INSTALL_MS = 15 * 60_000;
const SHOWN_LINES = 5;
/** npm's error codes when it cannot reach a registry. */
const UNREACHED = new RegExp(
  '\\b(E(CONNREFUSED|CONNRESET|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|RR_SOCKET_TIMEOUT)' +
    '|[A-Z_]*CERT[A-Z_]*)\\b',
);

/**
 * Installs the npm packages in the lockfile. Returns whether anything was installed. Throws SetupProblem.
 * @param {string} root
 * @param {boolean} needsOwnNode Whether our own Node, an optional package, is required.
 */
export async function installPackages(root, needsOwnNode) {
  if (packagesAreThere(root, needsOwnNode)) return false;
  // Scripts are off: no package needs one, and they would run with the rights of whoever starts the site.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const done = await withProgress('Installing packages', () => runNpm(args, { cwd: root, timeoutMs: INSTALL_MS }));
  const problem = installProblem(done);
  if (problem === undefined) return true;
  // npm's list of installed packages may be wrong now.
  rmSync(join(root, 'node_modules/.package-lock.json'), { force: true });
  throw new SetupProblem(problem);
}

/**
 * Runs npm: the one that started set-up, else the one on PATH.
 * @param {string[]} args
 * @param {{ cwd?: string, timeoutMs: number }} options
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  const [command, all] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  return runCommand(command, all, { ...options, env: withoutLifecycle(process.env) });
}

/**
 * Returns why npm failed, as a sentence; undefined when it did not. npm only warns about a full disk, and leaves
 * incomplete packages.
 * @param {import('./run-command.mjs').Outcome} outcome
 */
export function installProblem({ ok, output, why }) {
  if (/\bENOSPC\b/.test(output))
    return (
      'The packages could not be installed, because the disk is full: they need 900 MB; make room, then ' +
      'start again.'
    );
  if (ok) return undefined;
  const unreached = /^npm (?:error|ERR!) code (.*)$/m.exec(output)?.[1]?.match(UNREACHED)?.[1];
  if (unreached) {
    return (
      `The packages could not be installed, because npm cannot reach its registry (${unreached}): check the ` +
      `network and npm's settings for it (npm config get registry, proxy, cafile), then start ` +
      'again.'
    );
  }
  // npm prints errors first and its usage last.
  const errors = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .slice(0, SHOWN_LINES)
    .join('\n');
  return (
    `${errors}\nThe packages could not be installed (${why}): see why with "npm ci --ignore-scripts", ` +
    'then start again.'
  ).trim();
}

/**
 * Whether all packages in the lockfile are installed in the right versions, by the lockfile that npm keeps in
 * node_modules. Optional packages may be missing, because they can be for other platforms; our own Node is checked
 * separately. Throws SetupProblem when the lockfile cannot be read.
 * @param {string} root
 * @param {boolean} needsOwnNode
 */
export function packagesAreThere(root, needsOwnNode) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  if (!wanted)
    throw new SetupProblem(
      'package-lock.json is missing or damaged: restore it with "git checkout package-lock.json".',
    );
  if (
    !installed ||
    (needsOwnNode && nodePackages[/** @type {keyof typeof nodePackages} */ (thisPlatform)] && ownNodeProblem(root))
  )
    return false;
  // Other entries are this project and its workspaces.
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith('node_modules/'))
    .every(([path, entry]) => entry.optional || entry.devOptional || installed[path]?.version === entry.version);
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Returns the environment without the variables that npm sets for scripts, which would confuse a nested npm, but with
 * npm's settings.
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutLifecycle(env) {
  const ofScripts = /^(npm_(?!config_)|npm_config_(omit|include|production|only|ignore_scripts)$|INIT_CWD$|NODE_ENV$)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofScripts.test(name)));
}
