import { ConfigError, readConfig, type Config } from '../../server/config.ts';

/** Returns the server's configuration. Where a setting is wrong, ends the program with the sentence that says so. */
export function readSettings(): Config {
  try {
    return readConfig();
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    process.exit(1);
  }
}
