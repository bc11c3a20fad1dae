import { startServer } from '../client/server.ts';
import { readArguments, UsageError } from './arguments.ts';
import { exitCodeOf, outcomeLines } from './outcome.ts';
import { readTutorials } from './tutorial.ts';
import { verifyAll } from './verify-all.ts';

/**
 * `npm run verify [-- TUTORIAL…] [--mode secure|insecure] [--update]`: runs every step of the tutorials as a reader
 * would, and prints what is wrong, and where. Exits with 1 when something is wrong or nothing was verified.
 */
async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2), readTutorials());
  const server = await startServer();
  try {
    if (server.off !== undefined) throw new Error(`Tutorials cannot be verified here: ${server.off}`);
    const outcome = await verifyAll(wanted, server.url, console.log);
    for (const line of outcomeLines(outcome)) console.log(line);
    return exitCodeOf(outcome);
  } finally {
    await server.stop();
  }
}

process.exitCode = await main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  return cause instanceof UsageError ? 2 : 1;
});
