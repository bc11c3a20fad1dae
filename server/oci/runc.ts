import { runProgram } from '../process/run-program.ts';
import { startLinked, type LinkedProgram } from '../process/start-program.ts';
import type { RuntimeProgram } from './requirements.ts';

const START_MS = 30_000;
const COMMAND_MS = 15_000;
const STDERR_BYTES = 8 << 10;

/** The commands of a runtime, as far as we need them. */
export interface RuntimeDriver {
  /** Starts a container whose PID 1 has the other end of the socket. */
  start(id: string, bundle: string): LinkedProgram;
  /** Settles when the container has started; throws an Error with the runtime's words when it cannot. */
  started(program: LinkedProgram): Promise<void>;
  /** Removes a container, alive or not. Idempotent; throws when it is still there afterwards. */
  remove(id: string): Promise<void>;
  /** Ids that the runtime keeps state of. */
  list(): Promise<string[]>;
}

/** runc: detaches, and hands the socket down as descriptor 3. */
export function runcDriver({ path }: RuntimeProgram, stateRoot: string): RuntimeDriver {
  const command = (...args: string[]): ReturnType<typeof runProgram> => runProgram(path, ['--root', stateRoot, ...args], { deadlineMs: COMMAND_MS });
  return {
    start: (id, bundle) => startLinked(path, ['--root', stateRoot, 'run', '--detach', '--preserve-fds', '1', '--bundle', bundle, id], { stderrBytes: STDERR_BYTES }),
    async started(program) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((settle) => {
        timer = setTimeout(settle, START_MS, 'late');
      });
      const exitCode = await Promise.race([program.exited, late]);
      clearTimeout(timer);
      if (exitCode === 'late') throw new Error(`runc did not start the container in ${START_MS} ms: ${program.stderr()}`);
      if (exitCode !== 0) throw new Error(`runc exit ${exitCode}: ${program.stderr()}`);
    },
    async remove(id) {
      const { exitCode, stderr, timedOut } = await command('delete', '--force', id);
      if (timedOut || (exitCode !== 0 && !/does not exist/.test(stderr))) throw new Error(`runc delete ${id}: ${timedOut ? 'too slow' : stderr}`);
    },
    async list() {
      const { stdout } = await command('list', '--format', 'json');
      const found = JSON.parse(stdout || 'null') as { id: string }[] | null;
      return (found ?? []).map(({ id }) => id);
    },
  };
}

