import { totalmem } from 'node:os';
import type { DiskRate } from './cgroup-hierarchy.ts';

const MIB = 1 << 20;

/** What the processes of one container may use together, in addition to the memory in its request. */
export interface ContainerLimits {
  /** Sizes of the reader's writable tmpfs mounts, which count as memory. */
  homeBytes: number;
  tmpBytes: number;
  shmBytes: number;
  /** Sizes of the engine's folder (certificates, temporary files, sockets) and of its overlay's upper side. */
  engineBytes: number;
  overlayBytes: number;
  /** What TCP sockets may buffer, on kernels that do not count it as memory. */
  socketBytes: number;
  /** How much memory all containers together may use that is charged to no container; see `MemoryGuard`. */
  uncountedBytes: number;
  /** What may be read from each disk of the host per second. A cold start of the engine reads about 100 MiB. */
  disk: DiskRate;
  /** Processes and threads. gVisor's own threads count, so it needs more. */
  pids: { runc: number; runsc: number };
  /** Number of processors; may be a fraction. */
  cpus: number;
  /** Open files of the engine; for the reader's see `accounts.py`. CockroachDB needs at least 1956 to start. */
  openFiles: number;
  /** The size of the largest file that can be written. */
  fileBytes: number;
}

/** The default limits. */
export const DEFAULT_LIMITS: ContainerLimits = {
  homeBytes: 32 * MIB,
  tmpBytes: 16 * MIB,
  shmBytes: 16 * MIB,
  engineBytes: 32 * MIB,
  overlayBytes: 96 * MIB,
  socketBytes: 32 * MIB,
  uncountedBytes: Math.max(256 * MIB, totalmem() / 32),
  disk: { bytes: 64 * MIB, operations: 2000 },
  pids: { runc: 256, runsc: 4096 },
  cpus: 1,
  openFiles: 8192,
  fileBytes: 128 * MIB,
};
