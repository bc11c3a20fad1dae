// @ts-check
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns a sentence when a checkout was set up before and is now read-only; undefined otherwise. Its site can still be
 * served, but code cannot be run, because that writes files there.
 * @param {string} stateDir
 * @returns {string | undefined}
 */
export function readOnlyProblem(stateDir) {
  if (!existsSync(join(stateDir, 'setup.json'))) return undefined;
  try {
    accessSync(stateDir, constants.W_OK);
    return undefined;
  } catch (cause) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
    return (
      `${stateDir} cannot be written (${code}), so the site is served as it was last set up, and runs ` +
      'stay off: start as the user that it belongs to, or clone Bankrun to a folder that you can write to.'
    );
  }
}
