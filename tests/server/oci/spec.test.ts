import { describe, expect, test } from 'vitest';
import { ENGINE_HOST_UID } from '../../../server/oci/container.ts';
import { DEFAULT_LIMITS } from '../../../server/oci/limits.ts';
import { seccompFilter } from '../../../server/oci/seccomp.ts';
import { containerSpec, type SpecInput } from '../../../server/oci/spec.ts';

const INPUT: SpecInput = {
  request: { id: 'x', mounts: [{ source: '/srv/engine', destination: '/opt/engine' }], env: { A: 'b', PATH: '/evil' }, path: ['/opt/engine'], memoryBytes: 99, python: '/usr/bin/python3' },
  limits: DEFAULT_LIMITS,
  pids: 256,
  rootfs: '/state/rootfs',
  packages: ['/state/packages'],
  pythonParts: [],
  systemFolders: ['/usr/bin'],
  cgroupPath: '/ours/x',
  firstHostId: 1_000_000,
  limitsSwap: true,
  agentArguments: [],
  mountsOverlay: true,
  label: 'ours',
};

interface Spec {
  root: { readonly: boolean };
  process: { env: string[]; capabilities: Record<string, string[]>; noNewPrivileges: boolean; user: { uid: number } };
  mounts: { destination: string; type: string; options: string[] }[];
  linux: { namespaces: { type: string }[]; uidMappings: { containerID: number; hostID: number }[]; resources: object };
}

describe('what the runtime is told', () => {
  const spec = containerSpec(INPUT) as Spec;

  test('has every namespace, the limits, a read-only root and no way to privileges', () => {
    expect(spec.linux.namespaces.map(({ type }) => type).sort()).toEqual(['cgroup', 'ipc', 'mount', 'network', 'pid', 'user', 'uts']);
    expect(spec.linux.resources).toMatchObject({ memory: { limit: 99, swap: 99 }, pids: { limit: 256 }, cpu: { quota: 100_000, period: 100_000 } });
    expect(spec.root.readonly).toBe(true);
    expect(spec.process.noNewPrivileges).toBe(true);
    expect(new Set(Object.values(spec.process.capabilities).flat())).toEqual(new Set(['CAP_SETUID', 'CAP_SETGID']));
  });

  test('mounts of the host nothing that can be written, and sizes all that is memory', () => {
    for (const { type, options, destination } of spec.mounts) {
      expect(options, destination).toContain('nosuid');
      if (type === 'bind') expect(options, destination).toContain('ro');
      if (type === 'tmpfs') expect(options.join(), destination).toMatch(/size=\d+.*nr_inodes=\d+/);
    }
    expect(spec.mounts.map(({ destination }) => destination)).not.toContain('/sys');
  });

  test('maps no id of the container to one that the host uses', () => {
    for (const { hostID } of spec.linux.uidMappings) expect(hostID).toBeGreaterThanOrEqual(900_000);
    const withOverlay = containerSpec({ ...INPUT, request: { ...INPUT.request, overlay: { lower: '/l', destination: '/d' } } }) as Spec;
    expect(withOverlay.linux.uidMappings.find(({ containerID }) => containerID === 1001)?.hostID).toBe(ENGINE_HOST_UID);
  });

  test('lets a request add to the environment, but not replace PATH', () => {
    expect(spec.process.env).toContain('A=b');
    expect(spec.process.env).toContain('PATH=/opt/engine:/opt/bin:/usr/local/bin:/usr/bin:/bin');
    expect(spec.process.env).toContain('PYTHONPATH=/opt/packages/0');
  });
});

describe('the system-call filter', () => {
  const { syscalls, defaultAction } = seccompFilter() as { defaultAction: string; syscalls: { names: string[]; action: string; args?: object[] }[] };

  test('refuses by default, and names each call once', () => {
    expect(defaultAction).toBe('SCMP_ACT_ERRNO');
    const names = syscalls.filter(({ args }) => !args).flatMap((rule) => rule.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9_]+$/.test(name))).toEqual([]);
  });

  test('allows these under a condition only', () => {
    const open = syscalls.filter(({ args, action }) => !args && action === 'SCMP_ACT_ALLOW').flatMap((rule) => rule.names);
    const conditional = ['clone', 'clone3', 'socket', 'mknod', 'mknodat', 'personality', 'setpriority', 'sched_setaffinity'];
    conditional.push('setsockopt', 'ioctl', 'fcntl', 'prctl', 'madvise', 'fadvise64', 'mmap', 'memfd_create', 'shmget', 'open', 'openat', 'openat2', 'msync', 'fsync');
    for (const name of conditional) expect(open).not.toContain(name);
  });

  test.each(['unshare', 'setns', 'mount', 'ptrace', 'bpf', 'keyctl', 'io_uring_setup', 'userfaultfd', 'open_by_handle_at', 'pidfd_getfd', 'seccomp', 'inotify_init1', 'sync', 'syncfs', 'readahead'])('does not know %s', (name) => {
    expect(syscalls.flatMap((rule) => rule.names)).not.toContain(name);
  });
});
