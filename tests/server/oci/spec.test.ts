import { describe, expect, test } from 'vitest';
import { python } from '../../../languages/python/record.ts';
import { DEFAULT_LIMITS } from '../../../server/oci/container-limits.ts';
import { pageBytes } from '../../../server/oci/page-size.ts';
import { seccompFilter } from '../../../server/oci/seccomp.ts';
import { containerSpec } from '../../../server/oci/spec.ts';
import type { SpecInput } from '../../../server/oci/spec-input.ts';

const INPUT: SpecInput = {
  request: {
    id: 'x',
    mounts: [{ source: '/srv/engine', destination: '/opt/engine' }],
    env: { A: 'b', PATH: '/evil' },
    path: ['/opt/engine'],
    memoryBytes: 99,
    python: '/usr/bin/python3',
  },
  limits: DEFAULT_LIMITS,
  pids: 256,
  rootfs: '/state/rootfs',
  interpreterParts: [],
  common: {
    ...python.inSandbox({ executable: '/usr/bin/python3', version: '3.11.2', packages: ['/state/packages'] }),
    absent: {},
  },
  systemFolders: ['/usr/bin'],
  cgroupPath: '/ours/x',
  firstHostId: 1_000_000,
  engineHostId: 900_001,
  limitsSwap: true,
  agentArguments: [],
  mountsOverlay: true,
  label: 'ours',
};

interface Spec {
  root: { readonly: boolean };
  process: { env: string[]; capabilities: Record<string, string[]>; noNewPrivileges: boolean; user: { uid: number } };
  mounts: { destination: string; type: string; source: string; options: string[] }[];
  linux: {
    namespaces: { type: string }[];
    uidMappings: { containerID: number; hostID: number }[];
    resources: object;
    sysctl: Record<string, string>;
  };
}

describe('the configuration for the runtime', () => {
  const spec = containerSpec(INPUT) as Spec;

  test('has every namespace, the limits, a read-only root and no way to gain privileges', () => {
    expect(spec.linux.namespaces.map(({ type }) => type).sort()).toEqual([
      'cgroup',
      'ipc',
      'mount',
      'network',
      'pid',
      'user',
      'uts',
    ]);
    expect(spec.linux.resources).toMatchObject({
      memory: { limit: 99, swap: 99 },
      pids: { limit: 256 },
      cpu: { quota: 100_000, period: 100_000 },
    });
    expect(spec.root.readonly).toBe(true);
    expect(spec.process.noNewPrivileges).toBe(true);
    expect(new Set(Object.values(spec.process.capabilities).flat())).toEqual(new Set(['CAP_SETUID', 'CAP_SETGID']));
  });

  test('mounts nothing of the host writably, and limits everything in memory', () => {
    for (const { type, options, destination } of spec.mounts) {
      expect(options, destination).toContain('nosuid');
      if (type === 'bind') expect(options, destination).toContain('ro');
      if (type === 'tmpfs') expect(options.join(), destination).toMatch(/size=\d+.*nr_inodes=\d+/);
    }
    expect(spec.mounts.map(({ destination }) => destination)).not.toContain('/sys');
  });

  test('maps no id of the container to one that the host uses', () => {
    for (const { hostID } of spec.linux.uidMappings) expect(hostID).toBeGreaterThanOrEqual(900_000);
    const withOverlay = containerSpec({
      ...INPUT,
      request: { ...INPUT.request, overlay: { lower: '/l', destination: '/d' } },
    }) as Spec;
    expect(withOverlay.linux.uidMappings.find(({ containerID }) => containerID === 1001)?.hostID).toBe(
      INPUT.engineHostId,
    );
    expect(withOverlay.mounts.find(({ source }) => source === '/l')?.options).toContain('noexec');
  });

  test('limits what outlives a run to 16 MiB, whatever the size of the kernel’s pages', () => {
    expect(Number(spec.linux.sysctl['kernel.shmall']) * pageBytes()).toBe(16 << 20);
    const auxiliary = Buffer.from(BigUint64Array.from([33n, 7n, 6n, 65_536n, 0n, 0n]).buffer);
    expect(pageBytes(auxiliary)).toBe(65_536);
    expect(() => pageBytes(Buffer.alloc(16))).toThrow(/how large its pages are/);
  });

  test('lets a request add to the environment, but not replace PATH', () => {
    expect(spec.process.env).toContain('A=b');
    expect(spec.process.env).toContain('PATH=/opt/engine:/opt/bin:/usr/local/bin:/usr/bin:/bin');
    expect(spec.process.env).toContain('PYTHONPATH=/opt/packages/0');
  });
});

interface Rule {
  names: string[];
  action: string;
  args?: { index: number; value: number; valueTwo: number }[];
}

describe.each(['x64', 'arm64'] as const)('the system-call filter on %s', (processor) => {
  const { syscalls, defaultAction, architectures } = seccompFilter(processor) as {
    defaultAction: string;
    architectures: string[];
    syscalls: Rule[];
  };
  /** All conditions compare a masked argument. */
  const allows = (name: string, ...given: number[]): boolean =>
    syscalls.some(
      ({ names, action, args = [] }) =>
        action === 'SCMP_ACT_ALLOW' &&
        names.includes(name) &&
        args.every(({ index, value, valueTwo }) => ((given[index] ?? 0) & value) === valueTwo),
    );

  test('knows one 64-bit entry, so that any other is fatal', () => {
    expect(architectures).toEqual([{ x64: 'SCMP_ARCH_X86_64', arm64: 'SCMP_ARCH_AARCH64' }[processor]]);
  });

  test('refuses to bypass the host’s cache, and allows opening folders', () => {
    // asm/fcntl.h: the two flags are swapped on the other processor.
    const [oDirect, oDirectory] = { x64: [0o40_000, 0o200_000] as const, arm64: [0o200_000, 0o40_000] as const }[
      processor
    ];
    for (const [name, ...before] of [
      ['open', 0],
      ['openat', 0, 0],
      ['fcntl', 0, 4],
    ] as const) {
      for (const flags of [0, 1, 2]) {
        expect([allows(name, ...before, flags | oDirect), allows(name, ...before, flags | oDirectory)], name).toEqual([
          false,
          true,
        ]);
      }
    }
  });

  test('refuses by default, and names each call once', () => {
    expect(defaultAction).toBe('SCMP_ACT_ERRNO');
    const names = syscalls.filter(({ args }) => !args).flatMap((rule) => rule.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9_]+$/.test(name))).toEqual([]);
  });

  test('allows these only under a condition', () => {
    const open = syscalls
      .filter(({ args, action }) => !args && action === 'SCMP_ACT_ALLOW')
      .flatMap((rule) => rule.names);
    const conditional = [
      'clone',
      'clone3',
      'socket',
      'mknod',
      'mknodat',
      'personality',
      'setpriority',
      'sched_setaffinity',
    ];
    conditional.push(
      'setsockopt',
      'ioctl',
      'fcntl',
      'prctl',
      'madvise',
      'fadvise64',
      'mmap',
      'memfd_create',
      'shmget',
      'open',
      'openat',
      'openat2',
      'msync',
      'fsync',
    );
    for (const name of conditional) expect(open).not.toContain(name);
  });

  test.each([
    'unshare',
    'setns',
    'mount',
    'ptrace',
    'bpf',
    'keyctl',
    'io_uring_setup',
    'userfaultfd',
    'open_by_handle_at',
    'pidfd_getfd',
    'seccomp',
    'inotify_init1',
    'sync',
    'syncfs',
    'readahead',
  ])('does not know %s', (name) => {
    expect(syscalls.flatMap((rule) => rule.names)).not.toContain(name);
  });
});

test('sandboxes are refused, by name, on a processor for which there is no filter', () => {
  for (const processor of ['arm', 'ia32', 'riscv64', 's390x'] as const) {
    expect(() => seccompFilter(processor)).toThrow(
      new RegExp(`^Sandboxes need an x86-64 or arm64 processor, .* ${processor}\\.$`),
    );
  }
});
