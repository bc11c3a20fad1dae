import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ceilingOf } from '../../../server/oci/cgroup-ceiling.ts';
import { HostIds, idsAtHand } from '../../../server/oci/host-ids.ts';
import { openOwnGroup } from '../../../server/oci/own-cgroup.ts';
import { runtimeDirectory } from '../../../server/oci/runtime-directory.ts';

const ALL = '         0          0 4294967295\n';

describe('the ids of sandboxes', () => {
  test('are the machine’s own, far above those of people, when all are mapped', () => {
    expect(idsAtHand(ALL, ALL)).toEqual({ isMachines: true, engine: 900_001, first: 1_000_000, count: 65_536_000 });
  });

  test('are those granted to an ordinary user, the first of them for the engines', () => {
    const map = '0 1000 1\n65534 100000 1\n1000000 100001 65535\n';
    expect(idsAtHand(map, map)).toEqual({ isMachines: false, engine: 1_000_000, first: 1_000_001, count: 65_534 });
  });

  test('are in a container neither those of its system, nor of its users, nor of nobody', () => {
    const map = '0 1000 1\n1 100000 65536\n';
    const { engine, first, count } = idsAtHand(map, map);
    expect([engine, first, first + count]).toEqual([10_000, 10_001, 60_000]);
  });

  test('are in both maps', () => {
    expect(idsAtHand('0 1000 1\n1000000 100000 65536\n', '0 1000 1\n1010000 100000 10000\n')).toMatchObject({
      engine: 1_010_000,
      count: 9_999,
    });
  });

  test.each([
    ['only one id is mapped', '0 1000 1\n', '0 1000 1\n'],
    ['the groups are too few', ALL, '0 1000 1\n1000000 100000 4096\n'],
  ])('are refused where %s', (_, uids, gids) => {
    const need = /^Sandboxes need at least 4097 user and group ids of their own, /;
    const has = /and this user namespace has \d+: map more into it, or start as root\.$/;
    expect(() => idsAtHand(uids, gids)).toThrow(new RegExp(need.source + has.source));
  });

  test('never leave their range, whatever the server', () => {
    for (const count of [4096, 65_535, 100_000, 65_536_000]) {
      for (const seed of [0, 1, 999, 123_456_789, 4_294_967_295]) {
        const ids = new HostIds(seed, { first: 1_000_001, count });
        const taken = Array.from({ length: 256 }, () => ids.take());
        expect(Math.min(...taken)).toBeGreaterThanOrEqual(1_000_001);
        expect(Math.max(...taken) + 16).toBeLessThanOrEqual(1_000_001 + count);
        expect(new Set(taken).size).toBe(256);
      }
    }
  });
});

describe('groups of version 2', () => {
  let mount: string;
  const group = (path: string, files: Record<string, string>): void => {
    mkdirSync(join(mount, path), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(mount, path, name), text);
  };
  beforeEach(() => {
    mount = mkdtempSync(join(tmpdir(), 'bankrun-groups-'));
  });
  afterEach(() => rmSync(mount, { recursive: true }));

  test('are created at the root by the machine’s root, whose processes stay where they are', async () => {
    group('', { 'cgroup.procs': '1\n2\n' });
    expect(await openOwnGroup(mount, true, '0::/user.slice/session.scope\n')).toBe('/');
  });

  test('are created where anybody else has started us, and all processes there move aside', async () => {
    group('user.slice/run.scope', { 'cgroup.procs': '77\n' });
    group('user.slice/run.scope/server', { 'cgroup.procs': '' });
    expect(await openOwnGroup(mount, false, '0::/user.slice/run.scope\n')).toBe('/user.slice/run.scope');
    expect(readFileSync(join(mount, 'user.slice/run.scope/server/cgroup.procs'), 'utf8')).toMatch(/^(77)+$/);
    expect(await openOwnGroup(mount, false, '0::/user.slice/run.scope/server\n')).toBe('/user.slice/run.scope');
  });

  test('are created in a container’s root by its root user, whose processes move aside too', async () => {
    group('', { 'cgroup.procs': '1\n', 'cgroup.type': 'domain\n' });
    group('server', { 'cgroup.procs': '' });
    expect(await openOwnGroup(mount, true, '0::/\n')).toBe('/');
    expect(readFileSync(join(mount, 'server/cgroup.procs'), 'utf8')).toMatch(/^1+$/);
    expect(await openOwnGroup(mount, true, '0::/server\n')).toBe('/');
  });

  test('that this server cannot divide are refused in a sentence', async () => {
    await expect(openOwnGroup(mount, false, '0::/system.slice/ssh.service\n')).rejects.toThrow(
      /^The control group \/system\.slice\/ssh\.service cannot be divided by this server: start with `npm start`/,
    );
    await expect(openOwnGroup(mount, false, '4:memory:/\n')).rejects.toThrow(
      /need control groups of version 2 unless the server runs as the machine’s root: start it as root\.$/,
    );
  });

  test('leave all sandboxes the least of what their parents may have', async () => {
    group('', {});
    group('user.slice', { 'memory.max': 'max\n', 'pids.max': '7815\n' });
    group('user.slice/run.scope', { 'memory.max': '4294967296\n', 'pids.max': 'max\n' });
    expect(await ceilingOf(mount, '/user.slice/run.scope')).toEqual({ memoryBytes: 4_294_967_296, pids: 7815 });
    expect(await ceilingOf(mount, '/')).toEqual({ memoryBytes: Infinity, pids: Infinity });
  });
});

test('what containers’ root users need is in our own memory file system if there is one, else in /run', () => {
  expect(
    runtimeDirectory('22 1 0:20 / /run rw - tmpfs tmpfs rw\n30 22 0:33 / /run/user rw,nosuid - tmpfs bankrun rw\n'),
  ).toEqual({ path: '/run/user', isPrivate: true });
  expect(
    runtimeDirectory('22 1 0:20 / /run rw - tmpfs tmpfs rw\n30 22 0:33 / /run/user/1000 rw - tmpfs tmpfs rw\n'),
  ).toEqual({
    path: '/run',
    isPrivate: false,
  });
});
