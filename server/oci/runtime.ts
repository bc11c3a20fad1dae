import type { Container } from './container.ts';

/** A directory or file of the host that a container sees read-only. */
interface ReadOnlyMount {
  source: string;
  destination: string;
}

/** What all containers of a runtime have, besides the fixed parts that `spec.ts` lists. */
export interface CommonParts {
  mounts: ReadOnlyMount[];
  /** Environment of all programs. Holds no secret: readers can see it. */
  env: Record<string, string>;
  /** Commands in a directory on `PATH`, and the file in the container that each leads to. */
  commands: Record<string, string>;
}

/** What to put into one container besides those. */
export interface ContainerRequest {
  /** Lower-case letters, digits and dashes. */
  id: string;
  mounts: ReadOnlyMount[];
  /**
   * A read-only directory that the engine sees as its own, writable, at `destination`: an overlay whose upper side is a
   * tmpfs in memory. The runtime keeps a copy that belongs to the engine, made once; the directory must not change.
   */
  overlay?: { lower: string; destination: string };
  /** Environment of all programs in it. Holds no secret: readers can see it. */
  env: Record<string, string>;
  /** Directories that go before the system's on `PATH`. */
  path: string[];
  /** Hard cap of all processes and all tmpfs together, bytes. */
  memoryBytes: number;
  /** The Python interpreter that the agent runs on: an absolute path in the container. */
  python: string;
}

/** The program that starts containers. */
export interface Runtime {
  readonly name: 'runc' | 'runsc';
  readonly version: string;
  /** Whether programs in its containers ask the host's own kernel; else one of the container's stands between. */
  readonly isKernelShared: boolean;
  /**
   * What this machine cannot limit, of that without which others are slower but not less safe; in words for the
   * operator.
   */
  readonly unlimited: ReadonlySet<string>;
  /** What the surroundings of the server leave to all containers together; Infinity where they do not say. */
  readonly room: { memoryBytes: number; containers: number };
  /** What each container has at most, beside the memory that its request names. */
  readonly limits: { pids: number; cpus: number };
  create(request: ContainerRequest): Promise<Container>;
  /** Removes everything that carries our label and is not alive in this process; gives the number of removed. */
  sweep(): Promise<number>;
  /** Disposes of all containers and lets another server use the same state directory. Idempotent. */
  close(): Promise<void>;
}
