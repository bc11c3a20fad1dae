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
/** npm's words for a registry that it does not reach. */
const UNREACHED = new RegExp(
  '\\b(E(CONNREFUSED|CONNRESET|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|RR_SOCKET_TIMEOUT)' +
    '|[A-Z_]*CERT[A-Z_]*)\\b',
);

/**
 * The npm packages of the lockfile. Gives whether anything was installed; throws SetupProblem.
 * @param {string} root
 * @param {boolean} needsOwnNode Whether our own Node, which is optional, must be among them.
 */
export async function installPackages(root, needsOwnNode) {
  if (packagesAreThere(root, needsOwnNode)) return false;
  // Scripts stay off: no package of ours needs one, and they would run with the rights of whoever starts the site.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const done = await withProgress('Installing packages', () => runNpm(args, { cwd: root, timeoutMs: INSTALL_MS }));
  const problem = installProblem(done);
  if (problem === undefined) return true;
  // What npm wrote down as installed may be torn.
  rmSync(join(root, 'node_modules/.package-lock.json'), { force: true });
  throw new SetupProblem(problem);
}

/**
 * Runs npm: the one that set-up was started with, else the machine's.
 * @param {string[]} args
 * @param {{ cwd?: string, timeoutMs: number }} options
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  const [command, all] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  return runCommand(command, all, { ...options, env: withoutLifecycle(process.env) });
}

/**
 * Why npm failed, in a sentence; undefined when it did not. A full disk is only a warning to it, and leaves half of the
 * files.
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
      `The packages could not be installed, because npm does not reach its registry (${unreached}): look ` +
      `at the network, and at npm's settings for it (npm config get registry, proxy, cafile), then start ` +
      'again.'
    );
  }
  // Its errors come first, its usage last.
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
 * npm keeps a lockfile of what it really installed in node_modules; a package that this one lacks, or has in another
 * version, is missing. Optional ones are for other platforms, except our Node, which is looked at itself.
 * @param {string} root
 * @param {boolean} needsOwnNode
 */
export function packagesAreThere(root, needsOwnNode) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  if (!wanted)
    throw new SetupProblem('package-lock.json is missing or torn: get it back with "git checkout package-lock.json".');
  if (
    !installed ||
    (needsOwnNode && nodePackages[/** @type {keyof typeof nodePackages} */ (thisPlatform)] && ownNodeProblem(root))
  )
    return false;
  // What lies elsewhere is this project and its workspaces.
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
 * The environment without what npm tells the script it runs (it would confuse the npm inside), but with npm's settings.
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutLifecycle(env) {
  const told = /^(npm_(?!config_)|npm_config_(omit|include|production|only|ignore_scripts)$|INIT_CWD$|NODE_ENV$)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !told.test(name)));
}
