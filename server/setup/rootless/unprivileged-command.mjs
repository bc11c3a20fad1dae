// @ts-check
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isGroupDelegated, userInstance } from './delegation.mjs';
import { SUBGID, SUBUID } from './obstacles.mjs';
import { rangeOf } from './subordinate-ids.mjs';

const ENTER = join(dirname(fileURLToPath(import.meta.url)), 'enter-namespaces.sh');

/**
 * @typedef {string[]} Line
 * A program and its arguments.
 */

/**
 * Returns a command that runs a program so that it can start sandboxes: for root, the program itself; for other users,
 * in new namespaces and in a control group that systemd delegates to them. If set-up found that something is missing
 * for that, the program itself, which then reports it.
 * @param {string} stateDir
 * @param {Line} line
 * @returns {Line}
 */
export function unprivilegedCommand(stateDir, line) {
  if (process.platform !== 'linux' || process.getuid?.() === 0 || !hasRuntime(stateDir)) return line;
  const uids = rangeOf(SUBUID);
  const gids = rangeOf(SUBGID);
  if (!uids || !gids) return line;
  const inside = ['sh', ENTER, ...[uids.first, uids.count, gids.first, gids.count].map(String), ...line];
  if (isGroupDelegated()) return inside;
  const place = userInstance();
  if (place === undefined) return line;
  // systemd limits the user's processes as a whole; each sandbox has its own limit.
  const scope = [
    'systemd-run',
    '--user',
    '--scope',
    '--quiet',
    '--collect',
    '--description=Bankrun',
    '-p',
    'Delegate=yes',
    '-p',
    'TasksMax=infinity',
  ];
  return ['env', `XDG_RUNTIME_DIR=${place}`, ...scope, '--', ...inside];
}

/** @param {string} stateDir */
function hasRuntime(stateDir) {
  try {
    const { runtime } = JSON.parse(readFileSync(join(stateDir, 'setup.json'), 'utf8'));
    return runtime !== undefined && !('missing' in runtime);
  } catch {
    return false;
  }
}
