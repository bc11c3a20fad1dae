import { startLinked } from '../process/start-program.ts';
import { commonCommands, STDERR_BYTES, type RuntimeDriver } from './runtime-driver.ts';

/**
 * gVisor: a kernel of its own in user space stands between the programs and ours. It stays in the foreground, and the agent
 * speaks by stdin and stdout, for older versions hand down no other descriptor. It does without our system-call filter: what
 * programs ask for never reaches the host's kernel.
 */
export function runscDriver(path: string, stateRoot: string): RuntimeDriver {
  // No sockets of the host, no network but loopback, no copy of the root on disk.
  const options = ['--root', stateRoot, '--network=none', '--host-uds=none', '--overlay2=none'];
  return {
    agentArguments: ['stdio'],
    isKernelShared: false,
    mountsOverlay: false,
    start: (id, bundle) => startLinked(path, [...options, 'run', '--bundle', bundle, id], 'stdio', STDERR_BYTES),
    // That it has is told by the agent's hello; that it cannot, by the end of the socket.
    started: async () => undefined,
    ...commonCommands(path, options),
  };
}
