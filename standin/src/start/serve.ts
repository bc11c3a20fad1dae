import { writeFileSync } from 'node:fs';
import { CommandError } from '../command-line/command-error.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { reportReady } from './background.ts';
import { banner } from './banner.ts';
import { logLines } from './log-lines.ts';
import type { StartOptions } from './options.ts';

const FAILED = 1;
const PID_FILE_MODE = 0o640;

/** How a node ends: its exit code, and the signal if there was one. */
interface Ending {
  exitCode: number;
  signal?: NodeJS.Signals;
}

/**
 * Runs a node until it is told to end, or fails. Returns its exit code. Throws CommandError after SIGINT, and Error
 * when the node cannot start.
 */
export async function serve(options: StartOptions): Promise<number> {
  // The reader of this program's output may be gone: that is no reason to exit without cleaning up.
  process.stdout.on('error', () => undefined);
  const undo: (() => Promise<void> | void)[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<Ending>();
  let exitCode: number;
  let signal: NodeJS.Signals | undefined;
  try {
    await start(options, undo, end);
    ({ exitCode, signal } = await ended);
  } finally {
    for (const back of undo) await back();
    if (signal) process.stdout.write('server drained and shutdown completed\n');
  }
  if (signal === 'SIGINT') throw new CommandError('interrupted');
  return exitCode;
}

/** Starts the parts of a node. Puts each undo before those of the parts that were started earlier. */
async function start(
  options: StartOptions,
  undo: (() => Promise<void> | void)[],
  end: (ending: Ending) => void,
): Promise<void> {
  const started = performance.now();
  const { readNodeCertificates } = await import('../wire/node-certificates.ts');
  const certificates = options.insecure ? undefined : readNodeCertificates(options.certificates);
  const postgres = startPostgres(options.temporary);
  undo.unshift(postgres.stop);
  // Loaded while PostgreSQL starts.
  const [{ listen }, { startHealth }] = await Promise.all([import('../wire/listener.ts'), import('./health.ts')]);
  const lost = postgres.ended.then((why) => Promise.reject(new Error(`the PostgreSQL underneath ended: ${why}`)));
  const server = await Promise.race<Awaited<ReturnType<typeof listen>>>([
    listen(options.sql, certificates, postgres, (exitCode) => end({ exitCode })),
    lost,
  ]);
  lost.catch(() => end({ exitCode: FAILED }));
  undo.unshift(server.close);
  undo.unshift(await startHealth(options.http, () => server.draining));
  undo.unshift(onSignals((signal) => end({ exitCode: 0, signal })));
  if (options.pidFile !== undefined) writeFileSync(options.pidFile, `${process.pid}\n`, { mode: PID_FILE_MODE });
  const text = banner(options, { clusterId: server.clusterId, tookMs: performance.now() - started });
  if (options.banner) process.stdout.write(text);
  else process.stderr.write(logLines('I', text));
  reportReady();
}

/** Calls `end` on SIGTERM and SIGINT. Returns a function that stops listening. */
function onSignals(end: (signal: NodeJS.Signals) => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGINT')
      process.stdout.write('Note: a second interrupt will skip graceful shutdown and terminate forcefully\n');
    process.stdout.write('initiating graceful shutdown of server\n');
    end(signal);
  };
  process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
  return () => void process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
}
