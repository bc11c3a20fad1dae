import { availableParallelism } from 'node:os';
import { startServer } from '../client/server.ts';
import { readArguments } from './arguments.ts';
import { exitCodeOf, outcomeLines } from './outcome.ts';
import { CONTENT } from '../client/content.ts';
import { readAll } from './tutorial.ts';
import { verifyAll } from './verify-all.ts';
import { watchPages } from './watch.ts';

/** What `npm run verify` uses. */
export interface Surroundings {
  print: (line: string) => void;
  /** Aborts when the author wants an end. */
  signal: AbortSignal;
  content?: string;
  /** The environment of the server. */
  env?: Record<string, string>;
}

/**
 * `npm run verify`: runs every step of pages as a reader would, and prints what is wrong, and where. Returns the exit
 * code: 1 when something is wrong or nothing was verified. Throws UsageError, and an Error when nothing can run.
 */
export async function verifyCommand(args: string[], surroundings: Surroundings): Promise<number> {
  const { print, signal, content = CONTENT, env } = surroundings;
  const { tutorials, withoutSteps, elsewhere } = readAll(content);
  const wanted = readArguments(args, tutorials, withoutSteps);
  const isAll = wanted.tutorials.length === tutorials.length;
  const server = await startServer({ INSTANCE: process.env['INSTANCE'] || 'verify', ...env });
  try {
    if (server.off !== undefined) throw new Error(`Pages cannot be verified here: ${whyOff(server.off)}`);
    for (const line of elsewhere) print(`${isAll ? 'WRONG' : 'note '}  ${line}`);
    const place = { url: server.url, atOnce: availableParallelism(), print };
    const work = (async () => {
      const outcome = await verifyAll(wanted, place);
      if (isAll) outcome.wrong += elsewhere.length;
      for (const line of outcomeLines(outcome)) print(line);
      if (wanted.watch) await watchPages({ args, content, place, signal });
      return exitCodeOf(outcome);
    })();
    return await Promise.race([work, aborted(signal)]);
  } finally {
    await server.stop();
  }
}

/** Resolves to the exit code when an end is wanted. */
async function aborted(signal: AbortSignal): Promise<number> {
  if (!signal.aborted) await new Promise((settle) => signal.addEventListener('abort', settle, { once: true }));
  return 1;
}

function whyOff(off: string): string {
  const isInUse = off.startsWith('Another server is running');
  return isInUse ? `${off} Or give this one a name of its own: INSTANCE=second npm run verify -- …` : off;
}
