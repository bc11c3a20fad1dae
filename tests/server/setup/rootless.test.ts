import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unprivilegedCommand } from '../../../server/setup/rootless/unprivileged-command.mjs';
import { sentenceOf } from '../../../server/setup/rootless/obstacles.mjs';
import { firstFreeId, grantCommand, rangeOf } from '../../../server/setup/rootless/subordinate-ids.mjs';

let folder: string;
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const ME = { username: 'ada', uid: 1000 } as Parameters<typeof rangeOf>[1];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-rootless-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('a user’s ids are the longest of their ranges, by name or number, unless it is too short', () => {
  expect(
    rangeOf(file('subuid', 'bob:100000:65536\nada:165536:4097\nada:231072:5000\n1000:300000:65536\n'), ME),
  ).toMatchObject({ first: 300_000, count: 65_536 });
  expect(rangeOf(file('subuid', 'bob:100000:65536\nada:165536:4097\nadam:231072:65536\n'), ME)).toBeUndefined();
  expect(rangeOf(join(folder, 'none'), ME)).toBeUndefined();
});

test('a suggested range is one that nobody has', () => {
  const files = [file('subuid', 'bob:100000:65536\neve:231072:65536\n'), file('subgid', 'bob:400000:65536\n')];
  expect(firstFreeId([])).toBe(200_000);
  const first = firstFreeId(files);
  expect(first).toBeGreaterThanOrEqual(465_536);
  expect(grantCommand(files, ME)).toBe(
    `usermod --add-subuids ${first}-${first + 65_535} --add-subgids ${first}-${first + 65_535} ada`,
  );
});

test('everything that is missing is reported in one sentence with one line to type', () => {
  const one = { what: 'newuidmap and newgidmap', command: 'apt-get install uidmap' };
  const two = { what: 'an instance of systemd for you', command: 'loginctl enable-linger ada' };
  const needs = /^Without root, runs need newuidmap and newgidmap and an instance of systemd for you: /;
  const command = /type ".*apt-get install uidmap.* && .*loginctl enable-linger ada.*", /;
  const rest = /then start again, or start as root\.$/;
  expect(sentenceOf([one, two])).toMatch(new RegExp(needs.source + command.source + rest.source));
  expect(sentenceOf([{ ...one, then: 'log out and in' }])).toMatch(
    /", then log out and in, then start again, or start as root\.$/,
  );
});

test('when only root can help, no other command is suggested', () => {
  expect(
    sentenceOf([
      { what: 'newuidmap', command: 'apt-get install uidmap' },
      { what: 'control groups of version 2', then: 'start as root' },
    ]),
  ).toBe('Without root, runs need newuidmap and control groups of version 2: start as root.');
});

test('a program is run directly by root, and by a user whose set-up found no way to sandboxes', () => {
  const line = ['/usr/bin/node', 'server/main.ts'];
  vi.spyOn(process, 'getuid').mockReturnValue(0);
  expect(unprivilegedCommand(folder, line)).toEqual(line);
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  expect(unprivilegedCommand(folder, line)).toEqual(line);
  file('setup.json', JSON.stringify({ runtime: { missing: 'Without root, runs need …' } }));
  expect(unprivilegedCommand(folder, line)).toEqual(line);
});
