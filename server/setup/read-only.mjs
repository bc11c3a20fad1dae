// @ts-check
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Why nothing can be set up in a checkout that was set up before, in a sentence; undefined where it can, or never was.
 * Its site can be served all the same. Runs cannot be had: their files are written there.
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
      'stay off: start as the user it belongs to, or clone Bankrun to where you may write.'
    );
  }
}
