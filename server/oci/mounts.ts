import { ENGINE_DIRECTORY, ENGINE_ID, MAX_TERMINALS, READER_HOME, READER_ID } from '../sandbox-layout.ts';
import type { SpecInput } from './spec-input.ts';

const OVERLAY_SIDES = '/var/lib/overlay';
/** Where the lower side of a container's overlay is mounted, read-only. */
export const OVERLAY_LOWER = '/var/lib/lower';

/** A mount of a container, in the format of the OCI specification. */
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
  // Not `rbind`, because nested mounts would not become read-only.
  options: ['bind', 'ro', 'nosuid', 'nodev', ...options],
});

const memory = (destination: string, bytes: number, inodes: number, ...options: string[]): Mount => ({
  destination,
  type: 'tmpfs',
  source: 'tmpfs',
  options: ['nosuid', 'nodev', `size=${bytes}`, `nr_inodes=${inodes}`, ...options],
});

/**
 * Returns all mounts of a container. The root file system must have a mount point for each, because it is read-only.
 */
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
    // Only the agent's group can open ptmx, and so create pseudo-terminals.
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0660', 'mode=0600', `max=${2 * MAX_TERMINALS}`],
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
 * Returns the mounts of an overlay whose lower side is read-only from the host and whose upper side is in memory.
 * `tmpcopyup` copies the upper directories, with their owner, from the root file system.
 */
function overlay(
  { lower, destination }: { lower: string; destination: string },
  { rootfs, limits, mountsOverlay }: SpecInput,
): Mount[] {
  // The copy may be in /run, which systems mount noexec; a user namespace cannot remove that flag.
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
