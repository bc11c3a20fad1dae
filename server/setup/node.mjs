// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, sep } from 'node:path';
import { findExecutables, isExecutable, runCommand } from './run-command.mjs';
import { foreseenNeeds } from './foreseen-needs.mjs';
import { ownNode, ownNodeProblem } from './own-node.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { installSystemPackages } from './system-packages.mjs';

/**
 * The oldest supported Node. 22.18 also runs TypeScript, but never closes a file of the site whose reader has
 * disconnected (tests/server/http/static-site.test.ts).
 */
export const MIN_MAJOR = 24;

const VERSION_MS = 20_000;

/**
 * Returns the machine's Node if it is new enough: the one that runs npm, this one, or the first on PATH. Looks at two
 * entries on PATH, because npm puts node_modules/.bin, and so our own Node, first.
 * @param {string} root
 * @returns {Promise<string | undefined>}
 */
export async function systemNode(root, env = process.env, current = process.execPath) {
  const { npm_node_execpath: npms = '', PATH = '' } = env;
  const candidates = [npms, current, ...findExecutables('node', [], PATH).slice(0, 2)].filter(
    (path) => isExecutable(path) && !isBelow(path, root),
  );
  for (const candidate of new Set(candidates.map((path) => realpathSync(path)))) {
    const version = await versionOf(candidate);
    if (Number(/^v(\d+)\./.exec(version)?.[1]) >= MIN_MAJOR) return candidate;
  }
  return undefined;
}

/**
 * Returns the path of our own Node, and installs the library that it may need. Throws SetupProblem with what to type
 * when it cannot be started.
 * @param {string} root
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<string>}
 */
export async function startableOwnNode(root, attempts) {
  const problem = ownNodeProblem(root);
  if (problem) throw new SetupProblem(`${problem} Or install Node ${MIN_MAJOR} or newer, then start again.`);
  const path = ownNode(root);
  const library = await missingLibrary(path);
  if (library === undefined) return path;
  if (!library.startsWith('libatomic')) {
    throw new SetupProblem(
      `Bankrun's own Node does not start on this system (${library}): install Node ${MIN_MAJOR} or ` +
        'newer, then start again.',
    );
  }
  await installSystemPackages(
    "The library libatomic, which Bankrun's own Node needs,",
    ['libatomic', ...(await foreseenNeeds())],
    attempts,
  );
  const still = await missingLibrary(path);
  if (still !== undefined)
    throw new SetupProblem(
      `Bankrun's own Node does not start on this system (${still}): install Node ${MIN_MAJOR} or ` +
        'newer, then start again.',
    );
  return path;
}

/**
 * Returns the Node for sandboxes, used by the stand-in and by readers, with its version, as in `26.10.0`: our own if it
 * starts, because it needs only files in /usr, which sandboxes have; else this one.
 * @param {string} root
 * @returns {Promise<{ executable: string, version: string }>}
 */
export async function nodeOfSandboxes(root) {
  const own = ownNodeProblem(root) === undefined ? ownNode(root) : undefined;
  const version = own && (await versionOf(own));
  return own && version
    ? { executable: own, version: version.slice(1) }
    : { executable: process.execPath, version: process.versions.node };
}

/**
 * Returns what a program needs to start, as its loader or the system reports it; undefined when it starts.
 * @param {string} path
 * @returns {Promise<string | undefined>}
 */
async function missingLibrary(path) {
  const { ok, output, why } = await runCommand(path, ['--version'], { timeoutMs: VERSION_MS });
  if (ok) return undefined;
  return (
    /loading shared libraries: ([^:\s]+)/.exec(output)?.[1] ??
    (existsSync(path) && /ENOENT/.test(why) ? 'it is made for glibc' : why)
  );
}

/**
 * Returns a Node's version, as in `v26.10.0`; empty when it does not start.
 * @param {string} path
 */
async function versionOf(path) {
  if (path === realpathSync(process.execPath)) return process.version;
  const { ok, output } = await runCommand(path, ['--version'], { timeoutMs: VERSION_MS });
  return ok ? output.trim() : '';
}

/** @param {string} path @param {string} folder */
function isBelow(path, folder) {
  return realpathSync(path).startsWith(realpathSync(folder) + sep);
}

/**
 * Returns an environment in which the command `node` is that one, too.
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(node, env = process.env) {
  const [first] = findExecutables('node', [], env.PATH);
  return first && realpathSync(first) === realpathSync(node)
    ? { ...env }
    : { ...env, PATH: [dirname(node), env.PATH].filter(Boolean).join(delimiter) };
}
