import { runProgram } from '../process/run-program.ts';
import type { LinkedProgram } from '../process/start-program.ts';

const COMMAND_MS = 15_000;

/** How much of the end of a runtime's stderr is kept. */
export const STDERR_BYTES = 8 << 10;

/** The commands of a runtime that the server needs. */
export interface RuntimeDriver {
  /** Arguments for the agent. */
  readonly agentArguments: string[];
  /** Whether programs in the container use the host's kernel, and not one of the runtime's. */
  readonly isKernelShared: boolean;
  /** Whether it can mount an overlay; otherwise the lower side is copied into memory after the start. */
  readonly mountsOverlay: boolean;
  /** Translates a configuration from `spec.ts` for this runtime. */
  translate(spec: object): object;
  /** Starts a container. Its PID 1 has the other end of the returned socket. */
  start(id: string, bundle: string): LinkedProgram;
  /**
   * Resolves when the runtime reports that the container has started, if it does; throws an Error with its output when
   * it cannot start.
   */
  started(program: LinkedProgram): Promise<void>;
  /** Removes a container, running or not. Idempotent; throws when it could not be removed. */
  remove(id: string): Promise<void>;
  /** Returns the ids of containers for which the runtime has state. */
  list(): Promise<string[]>;
}

/** Returns the commands that all runtimes have in common. */
export function commonCommands(path: string, options: string[]): Pick<RuntimeDriver, 'remove' | 'list'> {
  const command = (...args: string[]): ReturnType<typeof runProgram> =>
    runProgram(path, [...options, ...args], { deadlineMs: COMMAND_MS });
  return {
    async remove(id) {
      let ended = await command('delete', '--force', id);
      // Tried again when a signal has ended it, as from a service manager that stops all of its processes.
      if (ended.exitCode === null && !ended.timedOut) ended = await command('delete', '--force', id);
      const { exitCode, stderr, timedOut } = ended;
      if (timedOut || (exitCode !== 0 && !/does not exist/.test(stderr)))
        throw new Error(`${path} delete ${id}: ${timedOut ? 'too slow' : stderr}`);
    },
    async list() {
      const { stdout } = await command('list', '--format', 'json');
      const found = JSON.parse(stdout || 'null') as { id: string }[] | null;
      return (found ?? []).map(({ id }) => id);
    },
  };
}
