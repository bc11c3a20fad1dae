import { startLinked } from '../process/start-program.ts';
import { commonCommands, STDERR_BYTES, type RuntimeDriver } from './runtime-driver.ts';

/**
 * gVisor: a kernel of its own in user space stands between the programs and ours, and our system-call filter is in
 * force in it. It stays in the foreground, and the agent speaks by stdin and stdout, for older versions hand down no
 * other descriptor.
 */
export function runscDriver(path: string, stateRoot: string): RuntimeDriver {
  // No sockets of the host, no network but loopback, no copy of the root on disk; it reads our filter only when told
  // to.
  const options = ['--root', stateRoot, '--network=none', '--host-uds=none', '--overlay2=none', '--oci-seccomp'];
  return {
    agentArguments: ['stdio', 'gvisor'],
    isKernelShared: false,
    mountsOverlay: false,
    translate: (spec) => translateFilter(spec as Filtered),
    start: (id, bundle) => startLinked(path, [...options, 'run', '--bundle', bundle, id], 'stdio', STDERR_BYTES),
    // That it has is told by the agent's hello; that it cannot, by the end of the socket.
    started: async () => undefined,
    ...commonCommands(path, options),
  };
}

/** A container's configuration as far as we read it here. */
interface Filtered {
  linux: { seccomp: { defaultAction: string; syscalls: { names: string[]; action: string; errnoRet?: number }[] } };
}

/**
 * Being traced by nobody: the call answers ENOSYS. Nobody can trace, for `ptrace` is not among what the filter allows.
 */
const ABSENT = 'SCMP_ACT_TRACE';

/**
 * Says the filter in gVisor's way. It refuses with EPERM whatever `errnoRet` says, and so also what it has not and
 * cannot allow by name: programs fall back (from `clone3`, `openat2`, `fchmodat2`) only when a call is absent. What
 * ours answers as done, gVisor does. And it has another name for `pselect6`.
 */
function translateFilter(spec: Filtered): Filtered {
  const syscalls = spec.linux.seccomp.syscalls.map((call) => ({
    ...call,
    action: call.errnoRet === 0 ? 'SCMP_ACT_ALLOW' : call.action === 'SCMP_ACT_ERRNO' ? ABSENT : call.action,
    names: call.names.includes('pselect6') ? [...call.names, 'pselect'] : call.names,
  }));
  return { ...spec, linux: { ...spec.linux, seccomp: { ...spec.linux.seccomp, defaultAction: ABSENT, syscalls } } };
}
