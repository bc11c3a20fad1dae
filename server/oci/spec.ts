import {
  AGENT_ID,
  BACKGROUND_GID,
  ENGINE_DIRECTORY,
  ENGINE_ID,
  MOST_TERMINALS,
  READER_HOME,
  READER_ID,
  TERMINAL_GIDS,
} from '../sandbox-layout.ts';
import type { CommonParts, ContainerRequest } from './container.ts';
import type { ContainerLimits } from './container-limits.ts';
import { pageBytes } from './page-size.ts';
import { seccompFilter } from './seccomp.ts';

/** What confines a container: the request, and what the runtime adds to it. A security review reads this file. */
export interface SpecInput {
  request: ContainerRequest;
  limits: ContainerLimits;
  pids: number;
  /** The shared, read-only root on the host; see `rootfs.ts`. */
  rootfs: string;
  /** What the agent's interpreter consists of, where that is in none of `systemFolders`: mounted at the same paths. */
  interpreterParts: string[];
  /** What all containers have besides what their requests name. */
  common: CommonParts;
  /** Folders of /usr; see `system-folders.ts`. */
  systemFolders: string[];
  /** Below each controller's mount. */
  cgroupPath: string;
  /** First of 16 host uids, and gids, that are this container's alone. */
  firstHostId: number;
  /** The host uid, and gid, common to all sandboxes' engines: the lower directory of an overlay belongs to it. */
  engineHostId: number;
  /** Whether a limit of memory and swap together can be set on this kernel. */
  limitsSwap: boolean;
  /** Else the overlay's destination is plain memory, to be filled from `OVERLAY_LOWER`. */
  mountsOverlay: boolean;
  /** Words that the agent is started with. */
  agentArguments: string[];
  /** Marks containers as ours: who started it. */
  label: string;
}

/** Above the server's own, so that the kernel ends a sandbox rather than the server; programs of a reader get 1000. */
const OOM_SCORE = 300;

/** Shared memory of System V, all of it together. */
const SYSV_BYTES = 16 << 20;

const OVERLAY_SIDES = '/var/lib/overlay';
/** Where a container sees the lower side of its overlay, read-only. */
export const OVERLAY_LOWER = '/var/lib/lower';

interface Mount {
  destination: string;
  type: string;
  source: string;
  options: string[];
}

const readOnly = (source: string, destination: string, ...options: string[]): Mount => ({
  destination,
  type: 'bind',
  source,
  // Not `rbind`: read-only would not reach the mounts below.
  options: ['bind', 'ro', 'nosuid', 'nodev', ...options],
});

const memory = (destination: string, bytes: number, inodes: number, ...options: string[]): Mount => ({
  destination,
  type: 'tmpfs',
  source: 'tmpfs',
  options: ['nosuid', 'nodev', `size=${bytes}`, `nr_inodes=${inodes}`, ...options],
});

/** All places that a container mounts; the skeleton must have a mount point for each, for the root is read-only. */
export function mountsOf(input: SpecInput): Mount[] {
  const { request, limits, interpreterParts, common, systemFolders } = input;
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'noexec', 'mode=755', 'size=64k', 'nr_inodes=64'],
    },
    // Only the agent, whose group is the mount's, can open the one end of a pair, and so make one.
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0660', 'mode=0600', `max=${2 * MOST_TERMINALS}`],
    },
    memory('/dev/shm', limits.shmBytes, 1024, 'noexec', 'mode=1777'),
    ...systemFolders.map((path) => readOnly(path, path)),
    memory('/tmp', limits.tmpBytes, 2048, 'mode=1777'),
    memory('/var/tmp', 1 << 20, 128, 'mode=1777'),
    memory(READER_HOME, limits.homeBytes, 4096, 'mode=755', `uid=${READER_ID}`, `gid=${READER_ID}`),
    memory(ENGINE_DIRECTORY, limits.engineBytes, 1024, 'noexec', 'mode=700', `uid=${ENGINE_ID}`, `gid=${ENGINE_ID}`),
    ...interpreterParts.map((path) => readOnly(path, path)),
    ...[...common.mounts, ...request.mounts].map(({ source, destination }) => readOnly(source, destination)),
    ...(request.overlay ? overlay(request.overlay, input) : []),
  ];
}

/**
 * Lower side read-only from the host, upper side in memory. `tmpcopyup` brings the upper directories with their owner
 * along.
 */
function overlay(
  { lower, destination }: { lower: string; destination: string },
  { rootfs, limits, mountsOverlay }: SpecInput,
): Mount[] {
  // The copy may lie in /run, which systems mount noexec; a user namespace cannot take that off.
  const below = readOnly(lower, OVERLAY_LOWER, 'noexec');
  if (!mountsOverlay)
    return [
      below,
      memory(destination, limits.overlayBytes, 8192, 'noexec', 'mode=755', `uid=${ENGINE_ID}`, `gid=${ENGINE_ID}`),
    ];
  const sides = [
    `lowerdir=${rootfs}${OVERLAY_LOWER}`,
    `upperdir=${rootfs}${OVERLAY_SIDES}/upper`,
    `workdir=${rootfs}${OVERLAY_SIDES}/work`,
  ];
  return [
    below,
    memory(OVERLAY_SIDES, limits.overlayBytes, 8192, 'noexec', 'mode=755', 'tmpcopyup'),
    { destination, type: 'overlay', source: 'overlay', options: ['nosuid', 'nodev', 'noexec', ...sides, 'userxattr'] },
  ];
}

/** The environment of all programs in a container. */
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

/** The `config.json` that the runtime gets. */
export function containerSpec(input: SpecInput): object {
  const { request, limits } = input;
  const id = input.firstHostId;
  const map = (containerID: number, hostID: number): object => ({ containerID, hostID, size: 1 });
  const mappings = [
    map(AGENT_ID, id),
    map(READER_ID, id + 1),
    map(ENGINE_ID, request.overlay ? input.engineHostId : id + 2),
  ];
  // What the agent needs to drop to an account; no program that it starts keeps any.
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
        cpu: { shares: 256, quota: Math.round(limits.cpus * 100_000), period: 100_000 },
      },
      cgroupsPath: input.cgroupPath,
      rootfsPropagation: 'private',
      // SysV memory would outlive a run and stay charged. The kernel counts it in pages.
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
 * Of what sockets keep, some is charged to nobody: connections that wait for their end, and the rest of each 32 KiB
 * block of which a byte waits to be read (see `memory-guard.ts`). So both are few. The first two numbers of the buffers
 * are the kernel's own.
 */
const TCP = {
  'net.ipv4.tcp_max_tw_buckets': '4096',
  'net.ipv4.tcp_rmem': '4096 131072 131072',
  'net.ipv4.tcp_wmem': '4096 16384 131072',
};

/** What the kernel would tell about the host. */
const MASKED = [
  ...[
    'acpi',
    'asound',
    'bus',
    'cmdline',
    'config.gz',
    'diskstats',
    'driver',
    'fs',
    'interrupts',
    'iomem',
    'ioports',
    'irq',
    'kallsyms',
  ],
  ...[
    'kcore',
    'key-users',
    'keys',
    'kmsg',
    'kpagecgroup',
    'kpagecount',
    'kpageflags',
    'latency_stats',
    'locks',
    'modules',
    'pagetypeinfo',
  ],
  ...[
    'partitions',
    'pressure',
    'sched_debug',
    'schedstat',
    'scsi',
    'slabinfo',
    'softirqs',
    'swaps',
    'sys/kernel/pty',
    'sysrq-trigger',
    'timer_list',
    'timer_stats',
    'vmallocinfo',
    'zoneinfo',
  ],
].map((name) => `/proc/${name}`);
