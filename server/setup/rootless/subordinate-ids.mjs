// @ts-check
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** For one server's sandboxes, each of which has 16, for their engines and for nobody. */
export const LEAST_IDS = 4098;
/** What adduser gives. */
const USUAL_IDS = 65_536;
const FIRST_FREE = 200_000;

/**
 * @typedef {object} IdRange
 * @property {number} first
 * @property {number} count
 */

/**
 * The user's longest range in subuid(5) or subgid(5), if it is long enough.
 * @param {string} file
 * @returns {IdRange | undefined}
 */
export function rangeOf(file, { username, uid } = userInfo()) {
  const own = rangesIn(file).filter(({ owner }) => owner === username || owner === String(uid));
  return own.filter(({ count }) => count >= LEAST_IDS).toSorted((a, b) => b.count - a.count)[0];
}

/**
 * The first id of a range that none of the files gives to anybody.
 * @param {string[]} files
 */
export function firstFreeId(files) {
  const ends = files.flatMap(rangesIn).map(({ first, count }) => first + count);
  return Math.max(FIRST_FREE, ...ends.map((end) => Math.ceil(end / USUAL_IDS) * USUAL_IDS));
}

/** The command by which root gives the user ranges of their own. @param {string[]} files */
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
    // None: nobody has any.
  }
  return text.split('\n').flatMap((line) => {
    const [owner, first, count] = line.split(':');
    return owner && Number(count) > 0 ? [{ owner, first: Number(first), count: Number(count) }] : [];
  });
}
