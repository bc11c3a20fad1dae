import { readFileSync } from 'node:fs';

/**
 * Where directories lie that the root users of containers must reach. For the machine's root it is /run; an ordinary
 * user's server has a tmpfs of its own there, for in a home they could not be reached, nor what belongs to other ids be
 * removed without us (`server/setup/rootless/inside.sh` mounts it). `isPrivate` tells the latter.
 */
export function runtimeDirectory(mountinfo = readFileSync('/proc/self/mountinfo', 'utf8')): {
  path: string;
  isPrivate: boolean;
} {
  const isPrivate = mountinfo.split('\n').some((line) => / \/run\/user .* - tmpfs bankrun /.test(line));
  return { path: isPrivate ? '/run/user' : '/run', isPrivate };
}
