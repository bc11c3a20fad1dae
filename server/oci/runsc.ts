import { startLinked } from '../process/start-program.ts';
import { commonCommands, STDERR_BYTES, type RuntimeDriver } from './runtime-driver.ts';

/**
 * Returns the driver for gVisor, which runs programs on its own kernel in user space and enforces our system-call
 * filter there. It stays in the foreground, and the agent uses stdin and stdout, because older versions pass no other
 * descriptors.
 */
export function runscDriver(path: string, stateRoot: string): RuntimeDriver {
  // No access to the host's sockets, no network but loopback, no copy of the root on disk. The filter is off without
  // its flag.
  const options = ['--root', stateRoot, '--network=none', '--host-uds=none', '--overlay2=none', '--oci-seccomp'];
  return {
    agentArguments: ['stdio', 'gvisor'],
    isKernelShared: false,
    mountsOverlay: false,
    translate: (spec) => translateFilter(spec as Filtered),
    start: (id, bundle) => startLinked(path, [...options, 'run', '--bundle', bundle, id], 'stdio', STDERR_BYTES),
    // The agent's hello shows that the container has started; if it cannot start, the socket closes.
    started: async () => undefined,
    ...commonCommands(path, options),
  };
}

/** The part of a container's configuration that is changed here. */
interface Filtered {
  linux: { seccomp: { defaultAction: string; syscalls: { names: string[]; action: string; errnoRet?: number }[] } };
}

/**
 * The action that makes a call fail with ENOSYS: tracing without a tracer. There can be no tracer, because the filter
 * does not allow `ptrace`.
 */
const ABSENT = 'SCMP_ACT_TRACE';

/**
 * Translates the filter for gVisor, which ignores `errnoRet` and always refuses with EPERM, also calls that it does not
 * implement. But programs use a fallback (for `clone3`, `openat2`, `fchmodat2`) only after ENOSYS, so calls are made
 * absent instead. Calls that the filter pretends to do successfully are allowed. gVisor calls `pselect6` `pselect`.
 */
function translateFilter(spec: Filtered): Filtered {
  const syscalls = spec.linux.seccomp.syscalls.map((call) => ({
    ...call,
    action: call.errnoRet === 0 ? 'SCMP_ACT_ALLOW' : call.action === 'SCMP_ACT_ERRNO' ? ABSENT : call.action,
    names: call.names.includes('pselect6') ? [...call.names, 'pselect'] : call.names,
  }));
  return { ...spec, linux: { ...spec.linux, seccomp: { ...spec.linux.seccomp, defaultAction: ABSENT, syscalls } } };
}
