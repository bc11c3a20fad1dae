import { runCommand } from '../command-line/run-command.ts';
import { announce, LOG_DIR_NOTICE, shouted } from '../start/announce.ts';
import { startInBackground } from '../start/background.ts';
import { checkTogether, startOptions, USAGE } from '../start/options.ts';
import { serve } from '../start/serve.ts';

/**
 * `cockroach start-single-node`: serves SQL until SIGTERM, SIGINT, or the end of the PostgreSQL underneath. Returns the
 * exit code.
 */
export async function start(argv: string[]): Promise<number> {
  return await runCommand(USAGE, argv, async (given) => {
    const options = startOptions(given);
    if (given.text('log-dir') !== undefined) process.stderr.write(LOG_DIR_NOTICE);
    if (options.background) return await startInBackground(argv);
    announce(options);
    try {
      checkTogether(options);
    } catch (cause) {
      process.stderr.write(shouted((cause as Error).message));
      throw cause;
    }
    return await serve(options);
  });
}
