import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../../server/config.ts';
import { obstacle } from './obstacle.ts';

/** Says in one line why `npm run dev` cannot start here, and fails; the site's own server, which follows, would not. */
const root = resolve(import.meta.dirname, '../..');
try {
  const why = await obstacle(root, readConfig().port);
  if (why !== undefined) throw new ConfigError(why);
} catch (cause) {
  if (!(cause instanceof ConfigError)) throw cause;
  console.error(cause.message);
  process.exitCode = 1;
}
