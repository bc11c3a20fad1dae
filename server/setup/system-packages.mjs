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
 * @property {string} [release] The system's os-release(5).
 * @property {string} [path] Where programs are looked for, as in PATH.
 * @property {boolean} [root] Whether this program runs as root.
 * @property {string} [platform] As Node calls it.
 */

/**
 * Installs what the system's own packages bring, where that can be done without asking anybody: as root, on a
 * distribution that is known here. Elsewhere, and when it fails, throws SetupProblem with the command to type.
 * @param {string} purpose What it is for, as the subject of a sentence: "The container runtime runc".
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
    // A failed list is no reason to stop: the old one may know the package.
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
 * What to do about what is missing, as a clause: to type a command, or, on a system that nobody here knows, to install
 * the thing.
 * @param {Need[]} needs
 * @param {Machine} [machine]
 */
export function remedyFor(needs, machine) {
  const command = commandFor(needs, machine);
  return command ? `type "${command}"` : `install ${needs.map((need) => words[need]).join(' and ')}`;
}

/**
 * The command that installs it on the distribution at hand, for the user at hand. Nothing where none is known.
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
  // Homebrew, which set-up never starts by itself, wants no root either.
  return [...(packages.length > 0 ? [root || !alone ? command : asRoot(command, path)] : []), ...instead].join(' && ');
}

/**
 * A command as an ordinary user types it so that root does it.
 * @param {string} command
 */
export function asRoot(command, path = process.env.PATH ?? '') {
  const program = ['sudo', 'doas'].find((name) => findExecutables(name, [], path).length > 0);
  return program ? `${program} ${command}` : `su - -c '${command}'`;
}

/**
 * @param {import('./system-names.mjs').System} system
 * @param {Need[]} needs
 * @returns {string[] | undefined} Each package once. Nothing when one need has none.
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
 * What a system calls itself, closest first: its name with its version, its name, the names of what it was made from.
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
