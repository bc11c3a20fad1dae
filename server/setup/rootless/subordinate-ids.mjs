// @ts-check
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The least ids for one server: for its sandboxes, which have 16 each, for their engines, and for nobody. */
export const MIN_IDS = 4098;
/** How many ids adduser assigns to a user. */
const USUAL_IDS = 65_536;
const FIRST_FREE = 200_000;

/**
 * @typedef {object} IdRange
 * @property {number} first
 * @property {number} count
 */

/**
 * Returns the user's longest range in subuid(5) or subgid(5); undefined when none is long enough.
 * @param {string} file
 * @returns {IdRange | undefined}
 */
export function rangeOf(file, { username, uid } = userInfo()) {
  const own = rangesIn(file).filter(({ owner }) => owner === username || owner === String(uid));
  return own.filter(({ count }) => count >= MIN_IDS).toSorted((a, b) => b.count - a.count)[0];
}

/**
 * Returns the first id of a range that no user has in any of the files.
 * @param {string[]} files
 */
export function firstFreeId(files) {
  const ends = files.flatMap(rangesIn).map(({ first, count }) => first + count);
  return Math.max(FIRST_FREE, ...ends.map((end) => Math.ceil(end / USUAL_IDS) * USUAL_IDS));
}

/** Returns the command with which root assigns ranges to the user. @param {string[]} files */
export function grantCommand(files, { username } = userInfo()) {
  const first = firstFreeId(files);
  const range = `${first}-${first + USUAL_IDS - 1}`;
  return `usermod --add-subuids ${range} --add-subgids ${range} ${username}`;
}

/** @param {string} file */
function rangesIn(file) {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Without the file, no user has a range.
  }
  return text.split('\n').flatMap((line) => {
    const [owner, first, count] = line.split(':');
    return owner && Number(count) > 0 ? [{ owner, first: Number(first), count: Number(count) }] : [];
  });
}
