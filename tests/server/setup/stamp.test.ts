import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { takeLock } from '../../../server/setup/setup-lock.mjs';
import { hashOfFiles, identityOf, readStamp, writeStamp } from '../../../server/setup/stamp.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a step is skipped only while its key is the same', () => {
  const stamp = join(folder, 'stamps/step.json');
  expect(readStamp(stamp, 'a')).toBeUndefined();
  writeStamp(stamp, 'a', { path: '/x' });
  expect(readStamp(stamp, 'a')).toEqual({ path: '/x' });
  expect(readStamp(stamp, 'b')).toBeUndefined();
  writeFileSync(stamp, '{"key": "a", "ma');
  expect(readStamp(stamp, 'a')).toBeUndefined();
});

test('the hash of sources changes with a byte, a name, and an added or removed file', () => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/a.ts'), 'a');
  const hashes = [hashOfFiles(folder, ['src', 'later.ts'])];
  expect(hashOfFiles(folder, ['src', 'later.ts'])).toBe(hashes[0]);
  writeFileSync(join(folder, 'src/a.ts'), 'b');
  hashes.push(hashOfFiles(folder, ['src', 'later.ts']));
  writeFileSync(join(folder, 'later.ts'), '');
  hashes.push(hashOfFiles(folder, ['src', 'later.ts']));
  rmSync(join(folder, 'src/a.ts'));
  hashes.push(hashOfFiles(folder, ['src', 'later.ts']));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('a replaced program has another identity', () => {
  const program = join(folder, 'program');
  const absent = identityOf(program);
  writeFileSync(program, 'one');
  const present = identityOf(program);
  writeFileSync(program, 'three');
  expect(new Set([absent, present, identityOf(program)]).size).toBe(3);
});

test('what has failed is not retried for a day, unless forgotten', () => {
  const file = join(folder, 'attempts.json');
  const hour = 3_600_000;
  openAttempts(file).remember('runc', 'no network', 0);
  expect(openAttempts(file).failedLately('runc', 23 * hour)).toBe('no network');
  expect(openAttempts(file).failedLately('runc', 25 * hour)).toBeUndefined();
  openAttempts(file).forget('runc');
  expect(openAttempts(file).failedLately('runc', hour)).toBeUndefined();
  writeFileSync(file, 'torn');
  expect(openAttempts(file).failedLately('runc')).toBeUndefined();
});

test('the lock of a dead process is ignored, and that of a living one is waited for', async () => {
  const file = join(folder, 'setup.lock');
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  // Beyond the highest process id of Linux.
  writeFileSync(file, '4999999');
  const release = await takeLock(file, say);
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  await expect(takeLock(file, () => undefined, 0)).rejects.toThrow(/has not ended/);
  const second = takeLock(file, say);
  release();
  (await second)();
  expect(lines).toEqual([expect.stringMatching(/Another set-up is running/)]);
});

test('an unwritable folder is reported, with the command to type', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(takeLock(join(folder, 'file/setup.lock'), () => undefined)).rejects.toThrow(
    /cannot be written \(E\w+\): .*chown/,
  );
});
