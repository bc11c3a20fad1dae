// @ts-check
import { readFileSync } from 'node:fs';
import { findExecutables, runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { withProgress } from './say.mjs';
import { managers, systems, words } from './system-names.mjs';

const INSTALL_MS = 10 * 60_000;
const LIST_MS = 2 * 60_000;

/** @typedef {import('./system-names.mjs').Need} Need */

/**
 * @typedef {object} Machine
 * @property {string} [release] The path of the system's os-release(5).
 * @property {string} [path] The folders with programs, as in PATH.
 * @property {boolean} [root] Whether this program runs as root.
 * @property {string} [platform] Node's name of the platform.
 */

/**
 * Installs packages of the system if that needs no confirmation, that is, as root on a known distribution. Otherwise,
 * and when it fails, throws SetupProblem with the command to type.
 * @param {string} purpose What is needed, as the subject of a sentence: "The container runtime runc".
 * @param {Need[]} needs
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {Machine} [machine]
 */
export async function installSystemPackages(purpose, needs, attempts, machine) {
  const { system, program, root } = survey(machine);
  const packages = system && namesFor(system, needs);
  const manager = system && managers[system.manager];
  if (!root || !program || !packages || !manager?.alone) {
    throw new SetupProblem(`${purpose} is not installed: ${remedyFor(needs, machine)}, then start again.`);
  }
  const attempt = `${system.manager} ${packages.join(' ')}`;
  const before = attempts.failedLately(attempt);
  if (before !== undefined) throw new SetupProblem(before);
  const { alone, refresh } = manager;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const done = await withProgress(`Installing ${packages.join(' and ')}`, async () => {
    // Continues when this fails, because the old list may contain the package.
    if (refresh) await runCommand(program, refresh, { env, timeoutMs: LIST_MS });
    return runCommand(program, [...alone, ...packages], { env, timeoutMs: INSTALL_MS });
  });
  if (done.ok) {
    attempts.forget(attempt);
    return;
  }
  const error = manager.error?.exec(done.output)?.[1] ?? done.why;
  const sentence =
    `${purpose} is not installed, and "${commandFor(needs, machine)}" failed (${error}): install it, ` +
    'then start again.';
  attempts.remember(attempt, sentence);
  throw new SetupProblem(sentence);
}

/**
 * Returns what to do about missing packages, as a clause: to type a command, or, on an unknown system, what to install.
 * @param {Need[]} needs
 * @param {Machine} [machine]
 */
export function remedyFor(needs, machine) {
  const command = commandFor(needs, machine);
  return command ? `type "${command}"` : `install ${needs.map((need) => words[need]).join(' and ')}`;
}

/**
 * Returns the command that installs packages on this distribution as this user; undefined when it is unknown.
 * @param {Need[]} needs
 * @param {Machine} [machine]
 * @returns {string | undefined}
 */
export function commandFor(needs, machine) {
  const { system, root, path } = survey(machine);
  if (!system) return undefined;
  const instead = needs.map((need) => system.instead?.[need]).filter((command) => command !== undefined);
  const packages = namesFor(
    system,
    needs.filter((need) => !system.instead?.[need]),
  );
  if (!packages) return undefined;
  const { typed = [], alone } = managers[system.manager] ?? {};
  const command = [system.manager, ...typed, ...packages].join(' ');
  // A package manager that set-up never starts, Homebrew, must not run as root.
  return [...(packages.length > 0 ? [root || !alone ? command : asRoot(command, path)] : []), ...instead].join(' && ');
}

/**
 * Returns the command that an ordinary user types to run a command as root.
 * @param {string} command
 */
export function asRoot(command, path = process.env.PATH ?? '') {
  const program = ['sudo', 'doas'].find((name) => findExecutables(name, [], path).length > 0);
  return program ? `${program} ${command}` : `su - -c '${command}'`;
}

/**
 * @param {import('./system-names.mjs').System} system
 * @param {Need[]} needs
 * @returns {string[] | undefined} Each package once; undefined when one need has no package.
 */
function namesFor(system, needs) {
  const names = needs.map((need) => (system.instead?.[need] ? undefined : system.names[need]));
  return names.every((name) => name !== undefined) ? [...new Set(names)] : undefined;
}

/** @param {Machine} [machine] */
function survey({
  release = '/etc/os-release',
  path = process.env.PATH ?? '',
  root = process.getuid?.() === 0,
  platform = process.platform,
} = {}) {
  for (const id of platform === 'darwin' ? ['macos'] : idsIn(release)) {
    const system = systems.find(({ ids }) => ids.includes(id));
    const program = system && findExecutables(system.manager, [], path)[0];
    if (program) return { system, program, root, path };
  }
  return { root, path };
}

/**
 * Returns a system's ids, the most specific first: with its version, without, and those of the systems it is based on.
 * @param {string} release
 */
function idsIn(release) {
  let text;
  try {
    text = readFileSync(release, 'utf8');
  } catch {
    return [];
  }
  const value = (/** @type {string} */ name) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1] ?? '';
  const id = value('ID');
  return [`${id}-${value('VERSION_ID').split('.')[0]}`, id, ...value('ID_LIKE').split(' ')];
}
