// @ts-check
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { findExecutables, runCommand } from '../run-command.mjs';
import { words } from '../system-names.mjs';
import { asRoot, commandFor } from '../system-packages.mjs';
import { hasUnifiedGroups, isGroupDelegated, userInstance, withheldControllers } from './delegation.mjs';
import { grantCommand, MIN_IDS, rangeOf } from './subordinate-ids.mjs';

const TRY_MS = 20_000;
/** Users' subordinate user ids, subuid(5). */
export const SUBUID = '/etc/subuid';
/** Users' subordinate group ids, subgid(5). */
export const SUBGID = '/etc/subgid';
/** systemd's setting for what it delegates to users; older versions do not delegate cpu (Ubuntu 22.04). */
const DROP_IN = '/etc/systemd/system/user@.service.d/delegate.conf';

/** The remedy when nothing else helps. */
const AS_ROOT = 'start as root';

/**
 * @typedef {object} Obstacle
 * @property {string} what What runs need, as the object of a sentence.
 * @property {string} [command] A command for root that helps, without sudo.
 * @property {string} [then] What else to do, as in "log out and in".
 */

/**
 * Returns why an ordinary user cannot have sandboxes on this machine, as one sentence with what to type; undefined when
 * they can.
 * @param {import('../system-names.mjs').Need[]} packages Other missing packages of the system.
 * @returns {Promise<string | undefined>}
 */
export async function unprivilegedProblem(packages = []) {
  if (/^NoNewPrivs:\s*1/m.test(readFileSync('/proc/self/status', 'utf8'))) {
    return (
      'Without root, runs need newuidmap, which has no privileges here: start without NoNewPrivileges and ' +
      'without settings that imply it, or start as root.'
    );
  }
  const obstacles = [...missingParts(packages), ...(await closedNamespaces()), ...missingDelegation()];
  return obstacles.length > 0 ? sentenceOf(obstacles) : undefined;
}

/**
 * Returns one sentence: what is missing, and what to do about all of it.
 * @param {Obstacle[]} obstacles
 */
export function sentenceOf(obstacles) {
  const what = new Intl.ListFormat('en-GB').format(obstacles.map((obstacle) => obstacle.what));
  const commands = obstacles.flatMap(({ command }) => (command === undefined ? [] : [asRoot(command)]));
  const typed = commands.length > 0 ? [`type "${commands.join(' && ')}"`] : [];
  const then = new Set(obstacles.flatMap((obstacle) => obstacle.then ?? []));
  const remedies = then.has(AS_ROOT) ? [AS_ROOT] : [...typed, ...then, 'start again, or start as root'];
  return `Without root, runs need ${what}: ${remedies.join(', then ')}.`;
}

/** @param {import('../system-names.mjs').Need[]} packages @returns {Obstacle[]} */
function missingParts(packages) {
  const lacksMapper = ['newuidmap', 'newgidmap'].some((name) => findExecutables(name).length === 0);
  /** @type {import('../system-names.mjs').Need[]} */
  const needs = [...packages, ...(lacksMapper ? /** @type {const} */ (['uidmap']) : [])];
  const lacksIds = rangeOf(SUBUID) === undefined || rangeOf(SUBGID) === undefined;
  return [
    ...(needs.length > 0 ? [packagesThatLack(needs)] : []),
    ...(lacksIds
      ? [
          {
            what: `at least ${MIN_IDS} user and group ids of your own in ${SUBUID} and ${SUBGID}`,
            command: grantCommand([SUBUID, SUBGID]),
          },
        ]
      : []),
  ];
}

/** @param {import('../system-names.mjs').Need[]} needs @returns {Obstacle} */
function packagesThatLack(needs) {
  const what = new Intl.ListFormat('en-GB').format(needs.map((need) => words[need]));
  const command = commandFor(needs, { root: true });
  return command === undefined ? { what, then: `install ${needs.length > 1 ? 'them' : 'it'}` } : { what, command };
}

/** @returns {Promise<Obstacle[]>} */
async function closedNamespaces() {
  const what = 'user namespaces, which this system denies to ordinary users';
  if (setting('user/max_user_namespaces') === '0')
    return [{ what, command: 'sysctl -w user.max_user_namespaces=15000' }];
  if (setting('kernel/unprivileged_userns_clone') === '0')
    return [{ what, command: 'sysctl -w kernel.unprivileged_userns_clone=1' }];
  // Ubuntu allows a namespace to be created, but denies everything in it
  // (ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces).
  const tried = await runCommand('unshare', ['--user', '--map-root-user', '--mount', 'true'], { timeoutMs: TRY_MS });
  if (tried.ok) return [];
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1')
    return [{ what, command: 'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0' }];
  return [{ what: `${what} (${tried.output.trim().split('\n').at(-1) || tried.why})`, then: AS_ROOT }];
}

/** @returns {Obstacle[]} */
function missingDelegation() {
  if (!hasUnifiedGroups())
    return [{ what: 'control groups of version 2, and this system has version 1', then: AS_ROOT }];
  if (isGroupDelegated()) return [];
  const linger = { what: 'an instance of systemd for you', command: `loginctl enable-linger ${userInfo().username}` };
  if (findExecutables('systemd-run').length === 0) return [{ what: 'systemd, to get a control group', then: AS_ROOT }];
  if (userInstance() === undefined) return [linger];
  const withheld = withheldControllers();
  if (withheld.length === 0) return [];
  const text = '[Service]\\nDelegate=cpu cpuset io memory pids\\n';
  return [
    {
      what: `limits of ${withheld.join(' and ')}, which systemd does not delegate to users here`,
      command:
        `sh -c 'mkdir -p ${DROP_IN.replace(/\/[^/]*$/, '')} && printf "${text}" > ${DROP_IN} && ` +
        `systemctl daemon-reload'`,
      then: 'log out and in',
    },
  ];
}

/** @param {string} name */
function setting(name) {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
