import { within } from '../within.ts';
import { startLinked } from '../process/start-program.ts';
import { commonCommands, STDERR_BYTES, type RuntimeDriver } from './runtime-driver.ts';

const START_MS = 30_000;

/** Returns the driver for runc, which detaches, and passes the socket to the container as descriptor 3. */
export function runcDriver(path: string, stateRoot: string): RuntimeDriver {
  const options = ['--root', stateRoot];
  return {
    agentArguments: [],
    isKernelShared: true,
    mountsOverlay: true,
    translate: (spec) => spec,
    start: (id, bundle) =>
      startLinked(
        path,
        [...options, 'run', '--detach', '--preserve-fds', '1', '--bundle', bundle, id],
        'descriptor-3',
        STDERR_BYTES,
      ),
    async started(program) {
      const exitCode = await within(START_MS, program.exited);
      if (exitCode === undefined)
        throw new Error(`runc did not start the container in ${START_MS} ms: ${program.stderr()}`);
      if (exitCode !== 0) throw new Error(`runc exit ${exitCode}: ${program.stderr()}`);
    },
    ...commonCommands(path, options),
  };
}
