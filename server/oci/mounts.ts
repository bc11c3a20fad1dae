import { ENGINE_DIRECTORY, ENGINE_ID, MOST_TERMINALS, READER_HOME, READER_ID } from '../sandbox-layout.ts';
import type { SpecInput } from './spec-input.ts';

const OVERLAY_SIDES = '/var/lib/overlay';
/** Where a container sees the lower side of its overlay, read-only. */
export const OVERLAY_LOWER = '/var/lib/lower';

/** One place that a container mounts, as the OCI specification writes it. */
export interface Mount {
  destination: string;
  type: string;
  source: string;
  options: string[];
}

const readOnly = (source: string, destination: string, ...options: string[]): Mount => ({
  destination,
  type: 'bind',
  source,
  // Not `rbind`: read-only would not reach the mounts below.
  options: ['bind', 'ro', 'nosuid', 'nodev', ...options],
});

const memory = (destination: string, bytes: number, inodes: number, ...options: string[]): Mount => ({
  destination,
  type: 'tmpfs',
  source: 'tmpfs',
  options: ['nosuid', 'nodev', `size=${bytes}`, `nr_inodes=${inodes}`, ...options],
});

/** All places that a container mounts; the skeleton must have a mount point for each, for the root is read-only. */
export function mountsOf(input: SpecInput): Mount[] {
  const { request, limits, interpreterParts, common, systemFolders } = input;
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'noexec', 'mode=755', 'size=64k', 'nr_inodes=64'],
    },
    // Only the agent, whose group is the mount's, can open the one end of a pair, and so make one.
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0660', 'mode=0600', `max=${2 * MOST_TERMINALS}`],
    },
    memory('/dev/shm', limits.shmBytes, 1024, 'noexec', 'mode=1777'),
    ...systemFolders.map((path) => readOnly(path, path)),
    memory('/tmp', limits.tmpBytes, 2048, 'mode=1777'),
    memory('/var/tmp', 1 << 20, 128, 'mode=1777'),
    memory(READER_HOME, limits.homeBytes, 4096, 'mode=755', `uid=${READER_ID}`, `gid=${READER_ID}`),
    memory(ENGINE_DIRECTORY, limits.engineBytes, 1024, 'noexec', 'mode=700', `uid=${ENGINE_ID}`, `gid=${ENGINE_ID}`),
    ...interpreterParts.map((path) => readOnly(path, path)),
    ...[...common.mounts, ...request.mounts].map(({ source, destination }) => readOnly(source, destination)),
    ...(request.overlay ? overlay(request.overlay, input) : []),
  ];
}

/**
 * Lower side read-only from the host, upper side in memory. `tmpcopyup` brings the upper directories with their owner
 * along.
 */
function overlay(
  { lower, destination }: { lower: string; destination: string },
  { rootfs, limits, mountsOverlay }: SpecInput,
): Mount[] {
  // The copy may lie in /run, which systems mount noexec; a user namespace cannot take that off.
  const below = readOnly(lower, OVERLAY_LOWER, 'noexec');
  if (!mountsOverlay)
    return [
      below,
      memory(destination, limits.overlayBytes, 8192, 'noexec', 'mode=755', `uid=${ENGINE_ID}`, `gid=${ENGINE_ID}`),
    ];
  const sides = [
    `lowerdir=${rootfs}${OVERLAY_LOWER}`,
    `upperdir=${rootfs}${OVERLAY_SIDES}/upper`,
    `workdir=${rootfs}${OVERLAY_SIDES}/work`,
  ];
  return [
    below,
    memory(OVERLAY_SIDES, limits.overlayBytes, 8192, 'noexec', 'mode=755', 'tmpcopyup'),
    { destination, type: 'overlay', source: 'overlay', options: ['nosuid', 'nodev', 'noexec', ...sides, 'userxattr'] },
  ];
}
