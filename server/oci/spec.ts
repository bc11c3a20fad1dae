import { AGENT_ID, BACKGROUND_GID, ENGINE_ID, READER_HOME, READER_ID, TERMINAL_GIDS } from '../sandbox-layout.ts';
import { mountsOf } from './mounts.ts';
import { pageBytes } from './page-size.ts';
import { SHARES } from './processor-shares.ts';
import { seccompFilter } from './seccomp.ts';
import type { SpecInput } from './spec-input.ts';

/** Higher than the server's, so that the kernel kills a sandbox rather than the server; readers' programs have 1000. */
const OOM_SCORE = 300;

/** The limit for System V shared memory, in total. */
const SYSV_BYTES = 16 << 20;

/** Returns the environment of all programs in a container. */
function environmentOf({ request, common }: SpecInput): string[] {
  const path = [...request.path, '/opt/bin', '/usr/local/bin', '/usr/bin', '/bin'];
  const env = {
    LANG: 'C.UTF-8',
    HOME: READER_HOME,
    ...common.env,
    ...request.env,
    PATH: path.join(':'),
  };
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

const rlimit = (type: string, value: number): object => ({ type: `RLIMIT_${type}`, hard: value, soft: value });

/**
 * Returns the `config.json` for the runtime. For a security review, read this file, `mounts.ts`, `seccomp.ts` and
 * `syscall-arguments.ts`.
 */
export function containerSpec(input: SpecInput): object {
  const { request, limits } = input;
  const id = input.firstHostId;
  const map = (containerID: number, hostID: number): object => ({ containerID, hostID, size: 1 });
  const mappings = [
    map(AGENT_ID, id),
    map(READER_ID, id + 1),
    map(ENGINE_ID, request.overlay ? input.engineHostId : id + 2),
  ];
  // The agent needs these to switch to an account; the programs that it starts have none.
  const capabilities = ['CAP_SETUID', 'CAP_SETGID'];
  return {
    ociVersion: '1.0.2',
    hostname: 'sandbox',
    root: { path: input.rootfs, readonly: true },
    process: {
      terminal: false,
      user: { uid: AGENT_ID, gid: AGENT_ID },
      cwd: '/',
      args: [request.python, '-I', '-S', '-u', '/opt/agent/agent.py', ...input.agentArguments],
      env: environmentOf(input),
      capabilities: {
        bounding: capabilities,
        effective: capabilities,
        permitted: capabilities,
        inheritable: [],
        ambient: [],
      },
      rlimits: [
        rlimit('NOFILE', limits.openFiles),
        rlimit('CORE', 0),
        rlimit('FSIZE', limits.fileBytes),
        rlimit('MEMLOCK', 65_536),
        rlimit('MSGQUEUE', 0),
        rlimit('SIGPENDING', 256),
      ],
      noNewPrivileges: true,
      oomScoreAdj: OOM_SCORE,
    },
    mounts: mountsOf(input),
    linux: {
      namespaces: ['user', 'pid', 'network', 'mount', 'ipc', 'uts', 'cgroup'].map((type) => ({ type })),
      uidMappings: mappings,
      gidMappings: [...mappings, ...[BACKGROUND_GID, ...TERMINAL_GIDS].map((gid, index) => map(gid, id + 3 + index))],
      resources: {
        devices: [{ allow: false, access: 'rwm' }],
        memory: { limit: request.memoryBytes, ...(input.limitsSwap ? { swap: request.memoryBytes } : {}) },
        pids: { limit: input.pids },
        cpu: { shares: request.shares ?? SHARES.inUse, quota: Math.round(limits.cpus * 100_000), period: 100_000 },
      },
      cgroupsPath: input.cgroupPath,
      rootfsPropagation: 'private',
      // System V shared memory outlives a run and stays charged, so it is limited. The kernel counts it in pages.
      sysctl: {
        'kernel.shmmni': '32',
        'kernel.shmall': String(SYSV_BYTES / pageBytes()),
        'kernel.msgmni': '0',
        'kernel.sem': '32 256 32 32',
        'net.ipv4.ip_unprivileged_port_start': '0',
        ...TCP,
      },
      seccomp: seccompFilter(),
      maskedPaths: MASKED,
      readonlyPaths: ['/proc/sys', '/proc/tty', '/proc/sysvipc'],
    },
    annotations: { 'bankrun.label': input.label },
  };
}

/**
 * Limits for memory of sockets that is charged to no container: connections in TIME_WAIT, and the rest of each 32 KiB
 * block of which a byte is unread (see `memory-guard.ts`). The first two numbers of each buffer size are the kernel's
 * defaults.
 */
const TCP = {
  'net.ipv4.tcp_max_tw_buckets': '4096',
  'net.ipv4.tcp_rmem': '4096 131072 131072',
  'net.ipv4.tcp_wmem': '4096 16384 131072',
};

/** Paths in /proc that would reveal something about the host. */
const MASKED = (
  'acpi asound bus cmdline config.gz diskstats driver fs interrupts iomem ioports irq ' +
  'kallsyms kcore key-users keys kmsg kpagecgroup kpagecount kpageflags latency_stats locks ' +
  'modules pagetypeinfo partitions pressure sched_debug schedstat scsi slabinfo softirqs ' +
  'swaps sys/kernel/pty sysrq-trigger timer_list timer_stats vmallocinfo zoneinfo'
)
  .split(' ')
  .map((name) => `/proc/${name}`);
