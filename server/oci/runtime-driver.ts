import { runProgram } from '../process/run-program.ts';
import type { LinkedProgram } from '../process/start-program.ts';

const COMMAND_MS = 15_000;

/** What a runtime keeps of its words on stderr. */
export const STDERR_BYTES = 8 << 10;

/** The commands of a runtime, as far as we need them. */
export interface RuntimeDriver {
  /** Arguments that the agent must be started with. */
  readonly agentArguments: string[];
  /** Whether programs inside ask the host's own kernel; else one of the container's stands between. */
  readonly isKernelShared: boolean;
  /** Whether it mounts an overlay; else the lower side is copied into memory when the container has started. */
  readonly mountsOverlay: boolean;
  /** A container's configuration as this runtime reads it, from the one in `spec.ts`. */
  translate(spec: object): object;
  /** Starts a container whose PID 1 has the other end of the socket. */
  start(id: string, bundle: string): LinkedProgram;
  /**
   * Settles when the container has started, as far as the runtime tells; throws an Error with its words when it cannot.
   */
  started(program: LinkedProgram): Promise<void>;
  /** Removes a container, alive or not. Idempotent; throws when it is still there afterwards. */
  remove(id: string): Promise<void>;
  /** Ids that the runtime keeps state of. */
  list(): Promise<string[]>;
}

/** The commands that all runtimes have in common. */
export function commonCommands(path: string, options: string[]): Pick<RuntimeDriver, 'remove' | 'list'> {
  const command = (...args: string[]): ReturnType<typeof runProgram> =>
    runProgram(path, [...options, ...args], { deadlineMs: COMMAND_MS });
  return {
    async remove(id) {
      let ended = await command('delete', '--force', id);
      // A signal from outside, as a service manager sends to all that it started: that is no reason to leave anything.
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
