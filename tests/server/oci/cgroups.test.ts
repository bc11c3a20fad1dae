import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCgroups } from '../../../server/oci/cgroups.ts';
import { SHARES } from '../../../server/oci/processor-shares.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cgroups-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const fill = async (files: Record<string, string>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

describe('version 2', () => {
  const mountinfo = (): string => `30 20 0:26 / ${root} rw - cgroup2 cgroup2 rw\n`;

  test('delegates the controllers and reads use and limits', async () => {
    await fill({
      'cgroup.controllers': 'cpu memory pids',
      'cgroup.subtree_control': 'cpu memory pids io\n',
      'ours/cgroup.subtree_control': 'memory io\n',
      'ours/x/memory.current': '1500\n',
      'ours/x/memory.stat': 'file 900\nshmem 400\ninactive_file 300\nactive_file 200\n',
      'ours/x/memory.events': 'low 0\nhigh 0\nmax 9\noom 2\noom_kill 3\noom_group_kill 0\n',
      'ours/x/pids.current': '7\n',
      'ours/x/memory.max': '2000\n',
      'ours/x/pids.max': 'max\n',
      'ours/x/cpu.max': '150000 100000\n',
      'ours/x/cgroup.procs': '11\n12\n',
    });
    const cgroups = await openCgroups('ours', true, mountinfo());
    expect(cgroups).toMatchObject({ version: 2, limitsSwap: true });
    expect(await readFile(join(root, 'ours/cgroup.subtree_control'), 'utf8')).toMatch(/^\+(pids|cpu)$/);
    expect(await cgroups.usage('/ours/x')).toEqual({ memoryBytes: 1000, oomKills: 3, processes: 7 });
    expect(await cgroups.limits('/ours/x')).toEqual({ memoryBytes: 2000, pids: Infinity, cpus: 1.5, disks: [] });
    expect(await cgroups.pids('/ours/x')).toEqual([11, 12]);
    expect(await cgroups.children('/ours')).toEqual(['x']);
    await cgroups.reclaim('/ours/x');
    expect(await readFile(join(root, 'ours/x/memory.reclaim'), 'utf8')).toBe('1500');
  });

  test('limits disks when the controller can be delegated, and says for which disks', async () => {
    await fill({
      'cgroup.controllers': 'cpu memory pids io',
      'cgroup.subtree_control': 'cpu memory pids\n',
      'ours/cgroup.subtree_control': 'cpu memory pids\n',
    });
    await fill({
      'ours/x/memory.max': 'max\n',
      'ours/x/pids.max': 'max\n',
      'ours/x/cpu.max': 'max\n',
      'ours/x/io.max': '8:16 rbps=1 wbps=max riops=max wiops=max\n254:0 rbps=2 wbps=2 riops=3 wiops=3\n',
    });
    const cgroups = await openCgroups('ours', true, mountinfo());
    expect(await readFile(join(root, 'ours/cgroup.subtree_control'), 'utf8')).toBe('+io');
    expect((await cgroups.limits('/ours/x')).disks).toEqual(['8:16', '254:0']);
    await cgroups.limitDisk('/ours/x', '8:0', { bytes: 5, operations: 7 });
    expect(await readFile(join(root, 'ours/x/io.max'), 'utf8')).toBe('8:0 rbps=5 wbps=5 riops=7 wiops=7');
    await expect(cgroups.limitDisk('/ours/absent', '8:0', { bytes: 5, operations: 7 })).rejects.toThrow(/ENOENT/);
  });

  test('sets shares of the processors as weights, and keeps their order', async () => {
    await fill({
      'cgroup.controllers': 'cpu memory pids',
      'cgroup.subtree_control': 'cpu memory pids\n',
      'ours/cgroup.subtree_control': 'cpu memory pids\n',
      'ours/x/cpu.weight': '100\n',
    });
    const cgroups = await openCgroups('ours', true, mountinfo());
    const weights: number[] = [];
    for (const shares of [SHARES.madeAhead, SHARES.inUse, SHARES.startedForReader]) {
      await cgroups.setShares('/ours/x', shares);
      weights.push(Number(await readFile(join(root, 'ours/x/cpu.weight'), 'utf8')));
    }
    expect(weights).toEqual([3, 10, 313]);
    await expect(cgroups.setShares('/ours/absent', SHARES.inUse)).rejects.toThrow(/ENOENT/);
  });

  test('says what to do when a controller cannot be enabled', async () => {
    await fill({ 'cgroup.controllers': 'cpu memory pids' });
    await symlink('/proc/version', join(root, 'cgroup.subtree_control')); // readable, but not writable even for root
    await expect(openCgroups('ours', true, mountinfo())).rejects.toThrow(/Delegate=/);
  });
});

describe('version 1', () => {
  const mountinfo = (names: string[]): string =>
    names.map((name, index) => `${index} 1 0:1 / ${join(root, name)} rw - cgroup cgroup rw,${name}`).join('\n');

  test('reads use and limits of controllers that are mounted together or apart', async () => {
    await fill({
      'memory/ours/x/memory.usage_in_bytes': '1500\n',
      'memory/ours/x/memory.stat': 'inactive_file 1\ntotal_shmem 400\ntotal_inactive_file 300\ntotal_active_file 200\n',
      'memory/ours/x/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 4\n',
      'memory/ours/x/memory.limit_in_bytes': '9223372036854771712\n',
      'pids/ours/x/pids.current': '7\n',
      'pids/ours/x/pids.max': '256\n',
      'cpu,cpuacct/ours/x/cpu.cfs_quota_us': '-1\n',
      'cpu,cpuacct/ours/x/cpu.cfs_period_us': '100000\n',
    });
    const cgroups = await openCgroups('ours', true, mountinfo(['memory', 'pids', 'cpu,cpuacct']));
    expect(cgroups).toMatchObject({ version: 1, limitsSwap: false });
    expect(await cgroups.usage('/ours/x')).toEqual({ memoryBytes: 1000, oomKills: 4, processes: 7 });
    expect(await cgroups.limits('/ours/x')).toEqual({ memoryBytes: Infinity, pids: 256, cpus: Infinity, disks: [] });
  });

  test('sets shares of the processors', async () => {
    await fill({ 'cpu/ours/x/cpu.shares': '1024\n' });
    const cgroups = await openCgroups('ours', true, mountinfo(['memory', 'pids', 'cpu']));
    await cgroups.setShares('/ours/x', SHARES.inUse);
    expect(await readFile(join(root, 'cpu/ours/x/cpu.shares'), 'utf8')).toBe('256');
  });

  test('limits disks with their controller, and not without it', async () => {
    const group = 'blkio/ours/x/blkio.throttle';
    await fill(
      Object.fromEntries(
        ['read_bps', 'write_bps', 'read_iops', 'write_iops'].map((name) => [`${group}.${name}_device`, '']),
      ),
    );
    const cgroups = await openCgroups('ours', true, mountinfo(['memory', 'pids', 'cpu', 'blkio']));
    await cgroups.limitDisk('/ours/x', '8:0', { bytes: 5, operations: 7 });
    for (const direction of ['read', 'write']) {
      expect(await readFile(join(root, `${group}.${direction}_bps_device`), 'utf8')).toBe('8:0 5');
      expect(await readFile(join(root, `${group}.${direction}_iops_device`), 'utf8')).toBe('8:0 7');
    }
    const without = await openCgroups('ours', true, mountinfo(['memory', 'pids', 'cpu']));
    await expect(without.limitDisk('/ours/x', '8:0', { bytes: 5, operations: 7 })).rejects.toThrow(/ENOENT/);
  });

  test('removes groups in every hierarchy, also in one without controllers, but none with processes', async () => {
    const hybrid = [
      `${mountinfo(['memory', 'pids', 'cpu', 'freezer'])}`,
      `9 1 0:1 / ${join(root, 'unified')} rw - cgroup2 cgroup2 rw`,
    ].join('\n');
    for (const name of ['memory', 'freezer', 'unified'])
      await mkdir(join(root, name, 'ours/x/inner'), { recursive: true });
    await fill({ 'pids/ours/y/cgroup.procs': '1\n' });
    const cgroups = await openCgroups('ours', true, hybrid);
    expect((await cgroups.children('/ours')).sort()).toEqual(['x', 'y']);
    for (const name of ['x', 'y']) await cgroups.remove(`/ours/${name}`);
    expect(await cgroups.children('/ours')).toEqual(['y']);
  });

  test('says which controllers are missing', async () => {
    await expect(openCgroups('ours', true, mountinfo(['memory', 'cpu']))).rejects.toThrow(/missing: pids\. Mount/);
    expect(existsSync(join(root, 'memory/ours'))).toBe(false);
  });

  test('says what to do when no group can be created', async () => {
    for (const name of ['memory', 'pids', 'cpu']) await fill({ [name]: 'a file, where a group would have to be made' });
    await chmod(root, 0o755);
    await expect(openCgroups('ours', true, mountinfo(['memory', 'pids', 'cpu']))).rejects.toThrow(
      /as SECURITY\.md says/,
    );
  });
});
