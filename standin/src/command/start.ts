import { writeFileSync } from 'node:fs';
import { startPostgres } from '../postgres/start-postgres.ts';
import { banner, insecureWarning, LOG_DIR_NOTICE, logLines, shouted } from '../start/announce.ts';
import { startInBackground, tellReady } from '../start/background.ts';
import { checkTogether, startOptions, USAGE, type StartOptions } from '../start/options.ts';
import { CommandError } from '../command-line/command-error.ts';
import { runCommand } from '../command-line/run-command.ts';

const FAILED = 1;
const PID_FILE_MODE = 0o640;
const STARTING =
  'starting the stand-in for CockroachDB: a wire proxy over PostgreSQL\nno files for the log were asked for: it goes to stderr\nstore and addresses as told';

/**
 * `cockroach start-single-node`: serves SQL until SIGTERM, SIGINT, or the end of the PostgreSQL underneath. Gives the
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

async function serve(options: StartOptions): Promise<number> {
  // Whoever read what this program prints may have gone: that is no reason to end without cleaning up.
  process.stdout.on('error', () => undefined);
  const started = performance.now();
  const undo: (() => Promise<void> | void)[] = [];
  const end = Promise.withResolvers<number>();
  let asked: NodeJS.Signals | undefined;
  let exitCode: number;
  try {
    const { readTls } = await import('../wire/node-certificates.ts');
    const tls = options.insecure ? undefined : readTls(options.certificates);
    const postgres = startPostgres(options.temporary);
    undo.unshift(postgres.stop);
    // Loaded while PostgreSQL starts.
    const [{ listen }, { startHealth }, { Backend }] = await Promise.all([
      import('../wire/listener.ts'),
      import('../start/health.ts'),
      import('../wire/backend.ts'),
    ]);
    const lost = postgres.ended.then((why) => Promise.reject(new Error(`the PostgreSQL underneath ended: ${why}`)));
    const server = await Promise.race<Awaited<ReturnType<typeof listen>>>([
      listen(options.sql, tls, postgres.socket, end.resolve),
      lost,
    ]);
    lost.catch(() => end.resolve(FAILED));
    undo.unshift(server.close);
    undo.unshift(await startHealth(options.http, () => server.draining));
    undo.unshift(
      onSignals((signal) => {
        asked = signal;
        end.resolve(0);
      }),
    );
    if (options.pidFile !== undefined) writeFileSync(options.pidFile, `${process.pid}\n`, { mode: PID_FILE_MODE });
    const backend = await Backend.open(postgres.socket, 'root', 'defaultdb');
    const clusterId = (await backend.rows('SELECT crdb_internal.cluster_id()'))[0]?.[0] ?? '';
    backend.close();
    const text = banner(options, { clusterId, tookMs: performance.now() - started });
    if (options.banner) process.stdout.write(text);
    else process.stderr.write(logLines('I', text));
    tellReady();
    exitCode = await end.promise;
  } finally {
    for (const back of undo) await back();
    if (asked) process.stdout.write('server drained and shutdown completed\n');
  }
  if (asked === 'SIGINT') throw new CommandError('interrupted');
  return exitCode;
}

/** SIGTERM is an ordinary end; SIGINT is one that CockroachDB calls a failure. */
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

function announce(options: StartOptions): void {
  const warning = options.insecure ? insecureWarning(options.sql.host || 'any of your IP addresses') : '';
  if (options.banner) {
    process.stderr.write(warning);
    return;
  }
  const where = `SQL: ${options.sql.host}:${options.sql.port}\nHTTP: ${options.http.host}:${options.http.port}\ncertificates: ${options.certificates}`;
  process.stderr.write(logLines('I', STARTING) + (options.insecure ? logLines('W', warning) : logLines('I', where)));
}
