// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, sep } from 'node:path';
import { findExecutables, isExecutable, runCommand } from './run-command.mjs';
import { foreseenNeeds } from './foreseen-needs.mjs';
import { ownNode, ownNodeProblem } from './own-node.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { installSystemPackages } from './system-packages.mjs';

/**
 * The oldest Node that everything runs on. 22.18 reads TypeScript too, but keeps a file of the site open for good when
 * its reader has gone (tests/server/http/static-site.test.ts).
 */
export const LEAST_MAJOR = 24;

const VERSION_MS = 20_000;

/**
 * The machine's Node when it is new enough: the one that runs npm, this one, or the first on PATH. npm puts the
 * packages' programs, and so our own Node, before the machine's.
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
    if (Number(/^v(\d+)\./.exec(version)?.[1]) >= LEAST_MAJOR) return candidate;
  }
  return undefined;
}

/**
 * Our own Node, once it starts. Where it lacks a library, that is installed, or SetupProblem thrown with what to type.
 * @param {string} root
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<string>}
 */
export async function startableOwnNode(root, attempts) {
  const problem = ownNodeProblem(root);
  if (problem) throw new SetupProblem(`${problem} Or install Node ${LEAST_MAJOR} or newer, then start again.`);
  const path = ownNode(root);
  const library = await missingLibrary(path);
  if (library === undefined) return path;
  if (!library.startsWith('libatomic')) {
    throw new SetupProblem(
      `Bankrun's own Node does not start on this system (${library}): install Node ${LEAST_MAJOR} or ` +
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
      `Bankrun's own Node does not start on this system (${still}): install Node ${LEAST_MAJOR} or ` +
        'newer, then start again.',
    );
  return path;
}

/**
 * Returns the Node of sandboxes, for the stand-in and for readers, with its version as in `26.10.0`: our own where it
 * starts, because it needs nothing but what lies in /usr, which a sandbox has; else this one.
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
 * What a program lacks to start, as its loader or the system says; undefined when it starts.
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
 * The environment in which `node` is that one too.
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(node, env = process.env) {
  const [first] = findExecutables('node', [], env.PATH);
  return first && realpathSync(first) === realpathSync(node)
    ? { ...env }
    : { ...env, PATH: [dirname(node), env.PATH].filter(Boolean).join(delimiter) };
}
