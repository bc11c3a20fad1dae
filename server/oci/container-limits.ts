import { totalmem } from 'node:os';
import type { DiskRate } from './cgroup-hierarchy.ts';

const MIB = 1 << 20;

/** What one container may use, all its processes together, beside the memory that its request names. */
export interface ContainerLimits {
  /** Writable places of the reader, tmpfs. They count as memory. */
  homeBytes: number;
  tmpBytes: number;
  shmBytes: number;
  /** The engine's own directory (certificates, temporary files, sockets), and the upper side of its overlay. */
  engineBytes: number;
  overlayBytes: number;
  /** What TCP sockets may buffer, where the kernel does not count that as memory. */
  socketBytes: number;
  /** What all containers together may make the machine keep without anybody's being charged; see `MemoryGuard`. */
  uncountedBytes: number;
  /** What all of it may read from each disk of the host. A cold start of the engine reads about 100 MiB once. */
  disk: DiskRate;
  /** Processes and threads. gVisor's own threads count, so it needs more. */
  pids: { runc: number; runsc: number };
  /** Processors; fractions are fine. */
  cpus: number;
  /** Open files of the engine; the reader's are in `accounts.py`. CockroachDB refuses to start with less than 1956. */
  openFiles: number;
  /** The largest file that anything in it can write. */
  fileBytes: number;
}

/** The defaults of the design. */
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
