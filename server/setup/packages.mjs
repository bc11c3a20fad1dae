// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { ownNodeProblem } from './own-node.mjs';
import { nodePackages, thisPlatform } from './platform-packages.mjs';
import { SetupProblem } from './problem.mjs';
import { withProgress } from './say.mjs';

const INSTALL_MS = 15 * 60_000;
const SHOWN_LINES = 15;

/**
 * The npm packages of the lockfile. Gives whether anything was installed; throws SetupProblem.
 * @param {string} root
 * @param {boolean} needsOwnNode Whether our own Node, which is optional, must be among them.
 */
export async function installPackages(root, needsOwnNode) {
  if (packagesAreThere(root, needsOwnNode)) return false;
  const npm = process.env.npm_execpath;
  // Scripts stay off: no package of ours needs one, and they would run with the rights of whoever starts the site.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const [command, all] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  const done = await withProgress('Installing packages', () => runCommand(command, all, { cwd: root, env: withoutLifecycle(process.env), timeoutMs: INSTALL_MS }));
  if (!done.ok) {
    // Its errors come first, its usage last.
    const errors = done.output.split('\n').filter((line) => line.startsWith('npm error')).slice(0, SHOWN_LINES).join('\n');
    throw new SetupProblem(`${errors}\nThe packages could not be installed (${done.why}): see why with "npm ci --ignore-scripts", then start again.`);
  }
  return true;
}

/**
 * npm keeps a lockfile of what it really installed in node_modules; a package that this one lacks, or has in another version, is
 * missing. Optional ones are for other platforms, except our Node, which is looked at itself.
 * @param {string} root
 * @param {boolean} needsOwnNode
 */
export function packagesAreThere(root, needsOwnNode) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  if (!wanted) throw new SetupProblem('package-lock.json is missing or torn: get it back with "git checkout package-lock.json".');
  if (!installed || (needsOwnNode && nodePackages[/** @type {keyof typeof nodePackages} */ (thisPlatform)] && ownNodeProblem(root))) return false;
  return Object.entries(wanted).every(([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version);
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
