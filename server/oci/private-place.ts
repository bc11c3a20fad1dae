import { readFileSync } from 'node:fs';

/**
 * Where directories lie that the root users of containers must reach. For the machine's root it is /run; an ordinary
 * user's server has a tmpfs of its own there, for in a home they could not be reached, nor what belongs to other ids be
 * removed without us (`server/setup/rootless/inside.sh` mounts it). `isOurs` tells the latter.
 */
export function openPlace(mountinfo = readFileSync('/proc/self/mountinfo', 'utf8')): { path: string; isOurs: boolean } {
  const isOurs = mountinfo.split('\n').some((line) => / \/run\/user .* - tmpfs bankrun /.test(line));
  return { path: isOurs ? '/run/user' : '/run', isOurs };
}
