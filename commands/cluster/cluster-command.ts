import type { Duplex } from 'node:stream';
import { parseArgs } from 'node:util';
import { readConfig } from '../../server/config.ts';
import { SIGNALS } from '../../server/end-on-signal.ts';
import { openPrerequisites } from '../../server/prerequisites.ts';
import type { Mode } from '../../shared/protocol.ts';
import { SQL_PORT } from '../../server/sandbox-layout.ts';
import { CleanUpStack } from '../../server/process/clean-up-stack.ts';
import { startClusterContainer } from '../../server/sandbox/cluster-container.ts';
import { openSqlShell } from './open-sql-shell.ts';
import { forwardPort } from './forward-port.ts';
import { findCluster, forgetCluster, keepCertificates, rememberCluster } from './running-cluster.ts';

const USAGE = `usage: npm run cluster [-- --mode secure|insecure] [--port N]   run your own cluster until Ctrl-C
       npm run cluster -- sql [ARGUMENT…]                       open a SQL shell on the running cluster`;

/**
 * Runs a cluster for an author: the chosen engine in a sandbox with the readers' limits, with a loopback port of this
 * machine forwarded to it. Returns the exit code.
 */
export async function clusterCommand(argv: string[]): Promise<number> {
  const config = readConfig();
  if (argv[0] === 'sql') return await openSqlShell(config, argv.slice(1));
  const { mode, port } = readArguments(argv);
  const running = await findCluster(config.stateDir);
  if (running)
    throw new Error(
      `Your cluster is already running, ${running.mode}, on port ${running.port}: use that one, or end it first.`,
    );
  const undo = new CleanUpStack();
  // Before anything is started, because a signal during the start must not leave anything behind either.
  const signalled = untilSignal();
  const orSignal = async <T>(work: Promise<T>): Promise<T> =>
    await Promise.race([work, signalled.then(() => Promise.reject(new EndedBySignal()))]);
  try {
    // The port comes first: if it is in use, no cluster needs to be started.
    const cluster: { dial?: () => Duplex } = {};
    const listening = await forwardPort(port, () => cluster.dial?.());
    undo.defer(() => listening.close());
    const prerequisites = await openPrerequisites({ ...config, instance: 'author' });
    const { runtime, engine } = prerequisites;
    undo.defer(() => runtime.close());
    const container = await orSignal(startClusterContainer(prerequisites, mode));
    undo.defer(() => container.dispose());
    cluster.dial = () => container.container.connect(SQL_PORT);
    const certs = mode === 'secure' ? await keepCertificates(config.stateDir, container.container) : undefined;
    await rememberCluster(config.stateDir, { port: listening.port, mode, certs, pid: process.pid });
    undo.defer(() => forgetCluster(config.stateDir));
    const tls = certs
      ? `?sslmode=verify-full&sslrootcert=${certs}/ca.crt` +
        `&sslcert=${certs}/client.root.crt&sslkey=${certs}/client.root.key`
      : '?sslmode=disable';
    console.log(
      `${engine.name} ${engine.version} is ready, ${mode}, after ${container.readyMs} ms` +
        `${engine.standIn ? ' (the stand-in, not CockroachDB)' : ''}:`,
    );
    console.log(`  postgresql://root@localhost:${listening.port}/defaultdb${tls}`);
    if (certs) console.log(`  certificates: ${certs}`);
    console.log('Open its SQL shell with `npm run cluster -- sql`; end it with Ctrl-C.');
    const why = await Promise.race([signalled, container.lost]);
    if (why !== 'signal') console.error(`The cluster ended: ${why}.`);
    return why === 'signal' ? 0 : 1;
  } catch (cause) {
    if (cause instanceof EndedBySignal) return 0;
    throw cause;
  } finally {
    await undo.dispose();
  }
}

/** The author pressed Ctrl-C while the cluster was starting. */
class EndedBySignal extends Error {}

function readArguments(argv: string[]): { mode: Mode; port: number } {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { mode: { type: 'string', default: 'insecure' }, port: { type: 'string', default: String(SQL_PORT) } },
  });
  const { mode } = values;
  const port = Number(values.port);
  if (positionals.length > 0 || (mode !== 'secure' && mode !== 'insecure')) throw new Error(USAGE);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 (any free one) to 65535, not "${values.port}".`);
  return { mode, port };
}

/** Resolves at the first signal to end. Further signals are ignored, because they would leave things behind. */
async function untilSignal(): Promise<'signal'> {
  return await new Promise((settle) => {
    for (const signal of SIGNALS) process.on(signal, () => settle('signal'));
  });
}
