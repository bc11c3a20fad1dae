import type { Container } from './container.ts';

/** A directory or file of the host that is mounted read-only into a container. */
interface ReadOnlyMount {
  source: string;
  destination: string;
}

/** What all containers of a runtime have in addition to the fixed parts in `spec.ts`. */
export interface CommonParts {
  mounts: ReadOnlyMount[];
  /** The environment of all programs. Must not contain secrets, because readers can see it. */
  env: Record<string, string>;
  /** Commands on `PATH`: the name, and the file in the container that it links to. */
  commands: Record<string, string>;
  /** Commands of languages that this machine lacks: the name, and the language's. They only say so, and fail. */
  absent: Record<string, string>;
}

/** What one container has in addition to those. */
export interface ContainerRequest {
  /** Lower-case letters, digits and dashes. */
  id: string;
  mounts: ReadOnlyMount[];
  /**
   * A directory that the engine can write to at `destination`, without changing the original: an overlay whose upper
   * side is in memory. The runtime makes one copy that belongs to the engine, so the directory must not change.
   */
  overlay?: { lower: string; destination: string };
  /** The environment of all programs. Must not contain secrets, because readers can see it. */
  env: Record<string, string>;
  /** Directories that come first on `PATH`. */
  path: string[];
  /** Hard limit for all processes and all tmpfs mounts together, bytes. */
  memoryBytes: number;
  /** Its first shares of the processors, of `SHARES`; default: those of a container in use. */
  shares?: number;
  /** The absolute path in the container of the Python that the agent runs on. */
  python: string;
}

/** The program that starts containers. */
export interface Runtime {
  readonly name: 'runc' | 'runsc';
  readonly version: string;
  /** Whether programs in its containers use the host's kernel, and not one of the runtime's. */
  readonly isKernelShared: boolean;
  /**
   * What this machine cannot limit, as phrases for the operator. Missing limits can make other programs slower, but not
   * less safe.
   */
  readonly unlimited: ReadonlySet<string>;
  /** What the server's environment allows for all containers together; Infinity when it sets no limit. */
  readonly room: { memoryBytes: number; containers: number };
  /** The limits of each container, in addition to the memory in its request. */
  readonly limits: { pids: number; cpus: number };
  /** Starts a container. Throws AppError `unavailable` when that fails, and then nothing of it is left. */
  create(request: ContainerRequest): Promise<Container>;
  /** Removes all containers of this server that are not in use by this process. Returns their number. */
  sweep(): Promise<number>;
  /** Disposes of all containers and lets another server use the same state directory. Idempotent. */
  close(): Promise<void>;
}
