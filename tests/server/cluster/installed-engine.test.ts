import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedEngine } from '../../../server/cluster/installed-engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-choice-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cockroach = (name = 'cockroach'): ReturnType<typeof installedEngine> =>
  installedEngine({ kind: 'cockroach', path: join(folder, name), version: 'v26.2.5' }, undefined);

test('a sandbox gets the program under the command’s own name, and nothing else from its folder', () => {
  for (const name of ['cockroach', 'cockroach-v26', 'password.txt']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'lib/libgeos.so'), { recursive: true });
  expect(cockroach().mounts).toEqual([{ source: join(folder, 'cockroach'), destination: '/opt/cockroach/cockroach' }]);
  expect(cockroach('cockroach-v26').mounts).toEqual([
    { source: join(folder, 'cockroach-v26'), destination: '/opt/cockroach/cockroach' },
  ]);
});

test('the libraries of a release are mounted by name', () => {
  mkdirSync(join(folder, 'lib'));
  for (const name of ['libgeos.so', 'libgeos_c.so', 'libsecret.so']) writeFileSync(join(folder, 'lib', name), '');
  expect(cockroach().mounts.map(({ destination }) => destination)).toEqual([
    '/opt/cockroach/cockroach',
    '/opt/cockroach/lib/libgeos.so',
    '/opt/cockroach/lib/libgeos_c.so',
  ]);
});

test('the stand-in gets the Node that runs it by name, not the folder that contains it', () => {
  const parts = {
    directory: '/state/standin',
    template: '/state/standin/template',
    version: 'v25.2.0 (stand-in)',
    postgres: '/packages/postgres/native',
    node: '/home/operator/bin/node',
  };
  const sources = installedEngine({ kind: 'stand-in' }, parts).mounts.map(({ source }) => source);
  expect(sources).toContain('/home/operator/bin/node');
  expect(sources).not.toContain('/home/operator/bin');
  expect(sources).not.toContain('/state/standin');
});
