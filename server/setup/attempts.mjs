// @ts-check
import { readFileSync } from 'node:fs';
import { writeWhole } from './stamp.mjs';

/** How long a failed attempt is not repeated, so that a machine without network starts at once the second time. */
const RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * Remembers what recently failed, each with a sentence that says why. `npm run setup` deletes the file and so tries
 * everything again.
 * @param {string} file
 */
export function openAttempts(file) {
  /** @type {Record<string, { why: string, at: number }>} */
  let failed = {};
  try {
    failed = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // No file yet, or an incomplete one: everything may be tried.
  }
  const save = () => writeWhole(file, `${JSON.stringify(failed, null, 2)}\n`);
  return {
    /** @param {string} name @returns {string | undefined} */
    failedLately(name, now = Date.now()) {
      const last = failed[name];
      return last && now - last.at < RETRY_AFTER_MS ? last.why : undefined;
    },
    /** @param {string} name @param {string} why */
    remember(name, why, now = Date.now()) {
      failed[name] = { why, at: now };
      save();
    },
    /** @param {string} name */
    forget(name) {
      if (!(name in failed)) return;
      delete failed[name];
      save();
    },
  };
}

/** @typedef {ReturnType<typeof openAttempts>} Attempts */
