// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { programPath } from './npm-scripts.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { withProgress } from './say.mjs';
import { hashOfFiles, readStamp, removeStamp, writeStamp } from './stamp.mjs';

const BUILD_MS = 10 * 60_000;

/** Everything that the pages are built from, and this module. */
export const SITE_SOURCES = [
  'src',
  'languages',
  'content',
  'public',
  'astro.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'server/config.ts',
  'server/setup-file.ts',
  'shared',
  'standin/src/sql/constructs.ts',
  'standin/src/sql/constructs',
  'standin/src/identity',
  'standin/package.json',
  'server/setup/build-site.mjs',
];

/**
 * Returns a key that changes when the built pages would. From the environment they contain only the site's address: the
 * public one, or the port on this machine.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export function siteKey(root, env = process.env) {
  return `${hashOfFiles(root, SITE_SOURCES)} ${env.PUBLIC_ORIGIN || `:${env.PORT || ''}`}`;
}

/**
 * Builds the site if a source of it has changed. Returns its folder. Throws SetupProblem with the build's output when
 * it fails.
 * @param {string} root
 * @param {string} stateDir
 * @returns {Promise<'dist'>}
 */
export async function buildSite(root, stateDir) {
  const stamp = join(stateDir, 'stamps/site.json');
  const key = siteKey(root);
  if (readStamp(stamp, key) && existsSync(join(root, 'dist'))) return 'dist';
  removeStamp(stamp);
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const built = await withProgress('Building the site', () =>
    runCommand(process.execPath, [programPath(root, 'astro:astro'), 'build'], { cwd: root, env, timeoutMs: BUILD_MS }),
  );
  if (!built.ok)
    throw new SetupProblem(
      `${built.output.trim()}\nThe site could not be built (${built.why}): fix the errors above, then start again.`,
    );
  writeStamp(stamp, key, 'dist');
  return 'dist';
}
