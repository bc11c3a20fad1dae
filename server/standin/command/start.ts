import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { startHealth } from '../health.ts';
import { startPostgres } from '../postgres/cluster.ts';
import { readTls } from '../wire/tls.ts';
import { listen } from '../wire/listener.ts';
import { readStartFlags } from './start-flags.ts';

const FAILED = 1;
const BAD_FLAGS = 4;

/** `cockroach start-single-node`: serves SQL until SIGTERM, SIGINT, or the end of the PostgreSQL underneath. */
export async function start(argv: string[]): Promise<number> {
  let flags: ReturnType<typeof readStartFlags>;
  try {
    flags = readStartFlags(argv);
  } catch (error) {
    process.stderr.write(`ERROR: ${(error as Error).message}\nFailed running "start-single-node"\n`);
    return BAD_FLAGS;
  }
  const undo: (() => Promise<void> | void)[] = [];
  const finished = Promise.withResolvers<number>();
  try {
    const tls = flags.certificates === undefined ? undefined : readTls(flags.certificates);
    const postgres = await startPostgres(flags.temporary);
    undo.unshift(postgres.stop);
    void postgres.ended.then(() => finished.resolve(FAILED));
    const server = await listen(flags.sql, tls, postgres.socket, (exitCode) => finished.resolve(exitCode));
    undo.unshift(server.close);
    undo.unshift(await startHealth(flags.http, () => server.draining));
    if (flags.pidFile) writeFileSync(flags.pidFile, `${process.pid}\n`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      void once(process, signal).then(() => {
        process.stdout.write('initiating graceful shutdown of server\n');
        finished.resolve(0);
      });
    }
    const exitCode = await finished.promise;
    if (exitCode === 0) process.stdout.write('server drained and shutdown completed\n');
    return exitCode;
  } catch (error) {
    process.stderr.write(`ERROR: ${(error as Error).message}\nFailed running "start-single-node"\n`);
    return FAILED;
  } finally {
    for (const back of undo) await back();
    process.removeAllListeners('SIGTERM');
    process.removeAllListeners('SIGINT');
  }
}
