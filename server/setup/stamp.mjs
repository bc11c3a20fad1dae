// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Returns the stored result of a step if it has the same key; undefined when there is no stamp, it is damaged, or it
 * has another key.
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
 * Stores the result of a step with its key.
 * @param {string} file
 * @param {string} key
 * @param {unknown} made
 */
export function writeStamp(file, key, made) {
  writeWhole(file, `${JSON.stringify({ key, made }, null, 2)}\n`);
}

/**
 * Removes a stamp, so that the step is done again.
 * @param {string} file
 */
export function removeStamp(file) {
  rmSync(file, { force: true });
}

/**
 * Writes a file atomically: other processes see the old content or the new one.
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
 * Returns one hash of the names and bytes of these files and of everything in these folders. Missing ones are allowed.
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
 * Returns a key that changes when a file is replaced. It is cheaper than a hash for programs of a hundred megabytes.
 * @param {string} file
 */
export function identityOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${file}:${found.size}:${found.mtimeMs}` : `${file}:absent`;
}
