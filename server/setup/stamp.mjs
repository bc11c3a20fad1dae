// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What a step made before, when it was made from the same things. Any doubt (no stamp, a torn one, another key) is
 * undefined.
 * @param {string} file
 * @param {string} key
 * @returns {any}
 */
export function readStamp(file, key) {
  try {
    const stamp = JSON.parse(readFileSync(file, 'utf8'));
    return stamp.key === key ? stamp.made : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Notes what a step has made, and from what.
 * @param {string} file
 * @param {string} key
 * @param {unknown} made
 */
export function writeStamp(file, key, made) {
  writeWhole(file, `${JSON.stringify({ key, made }, null, 2)}\n`);
}

/**
 * Has the step done again.
 * @param {string} file
 */
export function removeStamp(file) {
  rmSync(file, { force: true });
}

/**
 * Writes a file so that nobody ever reads half of it.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, file);
}

/**
 * One hash over the names and bytes of these files and everything in these folders. What is absent counts as absent.
 * @param {string} root
 * @param {string[]} paths
 */
export function hashOfFiles(root, paths) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const full = join(root, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    } else {
      hash.update(`${path}\0${found ? found.size : 'absent'}\0`);
      if (found) hash.update(readFileSync(full));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

/**
 * A key that changes when the file is replaced: cheaper than its hash, for programs of a hundred megabytes.
 * @param {string} file
 */
export function identityOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${file}:${found.size}:${found.mtimeMs}` : `${file}:absent`;
}
