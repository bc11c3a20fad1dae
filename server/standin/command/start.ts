import { writeFileSync } from 'node:fs';
import { startPostgres } from '../postgres/cluster.ts';
import { READY, startInBackground } from './background.ts';
import { banner } from './start-banner.ts';
import { FlagError, readStartFlags, type StartFlags } from './start-flags.ts';

const FAILED = 1;

/** `cockroach start-single-node`: serves SQL until SIGTERM, SIGINT, or the end of the PostgreSQL underneath. Gives the exit code. */
export async function start(argv: string[]): Promise<number> {
  try {
    const flags = readStartFlags(argv);
    return flags.background ? await startInBackground(argv) : await serve(flags);
  } catch (error) {
    process.stderr.write(`ERROR: ${(error as Error).message}\nFailed running "start-single-node"\n`);
    return error instanceof FlagError ? error.exitCode : FAILED;
  }
}

async function serve(flags: StartFlags): Promise<number> {
  const started = performance.now();
  const undo: (() => Promise<void> | void)[] = [];
  const end = Promise.withResolvers<number>();
  let asked = false;
  try {
    const { readTls } = await import('../wire/tls.ts');
    const tls = flags.certificates === undefined ? undefined : readTls(flags.certificates);
    const postgres = startPostgres(flags.temporary);
    undo.unshift(postgres.stop);
    // Loaded while PostgreSQL starts.
    const [{ listen }, { startHealth }] = await Promise.all([import('../wire/listener.ts'), import('../health.ts')]);
    const lost = postgres.ended.then((why) => Promise.reject(new Error(`the PostgreSQL underneath ended: ${why}`)));
    const server = await Promise.race<Awaited<ReturnType<typeof listen>>>([listen(flags.sql, tls, postgres.socket, end.resolve), lost]);
    lost.catch(() => end.resolve(FAILED));
    undo.unshift(server.close);
    undo.unshift(await startHealth(flags.http, () => server.draining));
    undo.unshift(
      onSignals((exitCode) => {
        asked = true;
        end.resolve(exitCode);
      }),
    );
    if (flags.pidFile !== undefined) writeFileSync(flags.pidFile, `${process.pid}\n`, { mode: 0o640 });
    (flags.logs === undefined ? process.stderr : process.stdout).write(banner(flags, performance.now() - started));
    if (process.connected) process.send?.(READY, () => process.disconnect());
    return await end.promise;
  } finally {
    for (const back of undo) await back();
    if (asked) process.stdout.write('server drained and shutdown completed\n');
  }
}

/** SIGTERM is an ordinary end; SIGINT is one that the user asked for, which CockroachDB calls a failure. */
function onSignals(end: (exitCode: number) => void): () => void {
  const terminate = (): void => {
    process.stdout.write('initiating graceful shutdown of server\n');
    end(0);
  };
  const interrupt = (): void => {
    process.stdout.write('Note: a second interrupt will skip graceful shutdown and terminate forcefully\ninitiating graceful shutdown of server\n');
    process.stderr.write('ERROR: interrupted\nFailed running "start-single-node"\n');
    end(FAILED);
  };
  process.once('SIGTERM', terminate).once('SIGINT', interrupt);
  return () => void process.off('SIGTERM', terminate).off('SIGINT', interrupt);
}
