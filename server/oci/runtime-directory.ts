import { readFileSync } from 'node:fs';

/**
 * Returns the folder for directories that the root users of containers must be able to reach. For the machine's root it
 * is /run. An ordinary user's server has its own tmpfs in /run/user, which `server/setup/rootless/inside.sh` mounts,
 * and then `isPrivate` is true: in a home folder the directories could not be reached, and the user could not remove
 * files that belong to other ids.
 */
export function runtimeDirectory(mountinfo = readFileSync('/proc/self/mountinfo', 'utf8')): {
  path: string;
  isPrivate: boolean;
} {
  const isPrivate = mountinfo.split('\n').some((line) => / \/run\/user .* - tmpfs bankrun /.test(line));
  return { path: isPrivate ? '/run/user' : '/run', isPrivate };
}
