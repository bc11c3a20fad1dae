// @ts-check
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GROUPS = '/sys/fs/cgroup';
/** The controllers that sandboxes need. */
const NEEDED = ['cpu', 'memory', 'pids'];

/** Whether the system uses only version 2 of control groups; version 1 cannot be delegated to a user. */
export function hasUnifiedGroups() {
  return existsSync(join(GROUPS, 'cgroup.controllers'));
}

/**
 * Whether this program's control group was delegated to it, as for a service with Delegate=. A session's scope never
 * is.
 */
export function isGroupDelegated() {
  const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
  return (
    own.endsWith('.service') &&
    ['cgroup.procs', 'cgroup.subtree_control'].every((name) => isWritable(join(GROUPS, own, name)))
  );
}

/** The runtime directory of this user's instance of systemd, or undefined when none runs. */
export function userInstance(uid = process.getuid?.(), env = process.env) {
  const place = env.XDG_RUNTIME_DIR || `/run/user/${uid}`;
  return existsSync(join(place, 'systemd/private')) ? place : undefined;
}

/**
 * Returns the required controllers that systemd does not delegate to this user.
 * @returns {string[]}
 */
export function withheldControllers(uid = process.getuid?.()) {
  try {
    const handed = readFileSync(
      join(GROUPS, `user.slice/user-${uid}.slice/user@${uid}.service/cgroup.controllers`),
      'utf8',
    )
      .trim()
      .split(' ');
    return NEEDED.filter((name) => !handed.includes(name));
  } catch {
    return [];
  }
}

/** @param {string} file */
function isWritable(file) {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
