// @ts-check
import { readFileSync } from 'node:fs';
import { writeWhole } from './stamp.mjs';

/** How long what failed is left alone, so that a machine without network starts at once the second time. */
const REST_MS = 24 * 3_600_000;

/**
 * What could not be had lately, each with the sentence that says why. `npm run setup` forgets it and tries everything
 * again.
 * @param {string} file
 */
export function openAttempts(file) {
  /** @type {Record<string, { why: string, at: number }>} */
  let failed = {};
  try {
    failed = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // None yet, or a torn file: everything may be tried.
  }
  const save = () => writeWhole(file, `${JSON.stringify(failed, null, 2)}\n`);
  return {
    /** @param {string} name @returns {string | undefined} */
    failedLately(name, now = Date.now()) {
      const last = failed[name];
      return last && now - last.at < REST_MS ? last.why : undefined;
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
