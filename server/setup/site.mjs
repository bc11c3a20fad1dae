// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { ownEnvironment } from './own-node.mjs';
import { SetupProblem } from './problem.mjs';
import { withProgress } from './say.mjs';
import { hashOfFiles, readStamp, removeStamp, writeStamp } from './stamp.mjs';

const BUILD_MS = 10 * 60_000;

/** Everything that the pages are made from. */
const SOURCES = ['src', 'content', 'public', 'astro.config.mjs', 'tsconfig.json', 'package-lock.json', 'server/protocol.ts', 'server/standin/shell'];

/**
 * The built site, built anew when a source of it changed. Throws SetupProblem with what the author did wrong.
 * @param {string} root
 * @param {string} stateDir
 * @returns {Promise<'dist'>}
 */
export async function buildSite(root, stateDir) {
  const stamp = join(stateDir, 'stamps/site.json');
  // The pages carry the address that readers know them by.
  const key = `${hashOfFiles(root, SOURCES)} ${process.env.PUBLIC_ORIGIN ?? ''}`;
  if (readStamp(stamp, key) && existsSync(join(root, 'dist'))) return 'dist';
  removeStamp(stamp);
  const env = { ...ownEnvironment(root), ASTRO_TELEMETRY_DISABLED: '1' };
  const built = await withProgress('Building the site', () => runCommand(join(root, 'node_modules/.bin/astro'), ['build'], { cwd: root, env, timeoutMs: BUILD_MS }));
  if (!built.ok) throw new SetupProblem(`${built.output.trim()}\nThe site could not be built (${built.why}): mend what is named above, then start again.`);
  writeStamp(stamp, key, 'dist');
  return 'dist';
}
