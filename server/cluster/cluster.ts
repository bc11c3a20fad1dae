import {
  clientCertificate,
  ENGINE_CERTS,
  makeCertificates,
  placeCertificates,
  rootCertificate,
  type CertificateSet,
  type ClientCertificate,
} from './certificates.ts';
import { AppError } from '../errors.ts';
import { ENGINE_DIRECTORY, HTTP_PORT, SQL_PORT } from '../sandbox-layout.ts';
import type { Engine } from './engine.ts';
import type { ClusterHost } from './cluster-host.ts';
import type { StartPhases } from '../report.ts';
import { within } from '../within.ts';
import { PgSession } from './pg-session.ts';
import type { SqlSession } from './sql-session.ts';
import { applyIdleSettings } from './idle-settings.ts';
import { DATABASE_NOT_READY } from '../sentences/unavailable-sentences.ts';

/** A tutorial uses one or two database users, but a client can name any number. */
const KEPT_CERTIFICATES = 16;
/**
 * From the start of the engine until it answers SQL. Measured: 0.4 s; many starts at once on two cores take seconds.
 */
const READY_MS = 30_000;
const RETRY_MS = 15;
/** How long a connection to the engine's port may take. */
const CONNECT_MS = 10_000;
/** How much of the output of an engine that did not start is shown to the operator. */
const LAST_LINES = 5;
const LAST_CHARACTERS = 1000;

/** A running single-node cluster. */
export interface Cluster {
  /** Opens a session as that user in that database. Throws DatabaseError when the database refuses. */
  open(user: string, database: string): Promise<SqlSession>;
}

/** A cluster that has just been started, and how long each phase of that took. */
export interface StartedCluster extends Cluster {
  readonly phases: Omit<StartPhases, 'containerMs'>;
}

/**
 * Starts a cluster in `host`, and returns it once it answers SQL. A secure one uses the certificates that were made
 * ahead for it alone, or makes its own, which takes longer. After that, the caller watches for the engine's end
 * (`host.engineEnded`). Throws AppError `unavailable` when it does not start.
 */
export async function startCluster(
  host: ClusterHost,
  engine: Engine,
  secure: boolean,
  madeAhead?: CertificateSet,
): Promise<StartedCluster> {
  const beginMs = performance.now();
  const certificates = new Map<string, Promise<ClientCertificate>>();
  if (secure) {
    const set = madeAhead ?? (await makeCertificates(host));
    await placeCertificates(host, set);
    certificates.set('root', Promise.resolve(rootCertificate(set)));
  }
  const certifiedMs = performance.now();
  await host.startEngine([
    'cockroach',
    'start-single-node',
    secure ? `--certs-dir=${ENGINE_CERTS}` : '--insecure',
    `--listen-addr=localhost:${SQL_PORT}`,
    `--http-addr=localhost:${HTTP_PORT}`,
    '--store=type=mem,size=640MiB',
    '--cache=16MiB',
    '--max-sql-memory=64MiB',
    `--temp-dir=${ENGINE_DIRECTORY}`,
    ...engine.startArguments,
  ]);
  const engineMs = performance.now() - certifiedMs;
  const certificateOf = (user: string): Promise<ClientCertificate> => {
    const known = certificates.get(user);
    if (known) return known;
    const made = clientCertificate(host, user);
    certificates.set(user, made);
    made.catch(() => certificates.delete(user));
    if (certificates.size > KEPT_CERTIFICATES) certificates.delete(certificates.keys().next().value!);
    return made;
  };
  const cluster: Cluster = {
    async open(user, database) {
      const tls = secure ? await certificateOf(user) : undefined;
      return await PgSession.open(() => host.connect(SQL_PORT), { user, database, tls });
    },
  };
  await untilReady(host, cluster, engine);
  const sqlMs = performance.now() - certifiedMs - engineMs;
  return { ...cluster, phases: { ...(secure && { certificatesMs: certifiedMs - beginMs }), engineMs, sqlMs } };
}

/**
 * Resolves when the cluster answers SQL. Throws AppError `unavailable`, with the end of the engine's output, when the
 * engine ends first or takes too long.
 */
async function untilReady(host: ClusterHost, cluster: Cluster, engine: Engine): Promise<void> {
  const deadline = performance.now() + READY_MS;
  let isOver = false;
  const ended = host.engineEnded.then(({ exitCode, log }) => {
    throw didNotStart(`it ended with exit code ${exitCode}`, log);
  });
  const gone = host.closed.then(({ reason }) => {
    throw didNotStart(`its sandbox is gone: ${reason}`, '');
  });
  const answer = async (): Promise<void> => {
    while (!isOver) {
      try {
        if (!(await listens(host))) throw new Error('nothing listens on its port');
        const session = await cluster.open('root', 'defaultdb');
        try {
          await session.query('SELECT 1');
          if (!engine.standIn) await applyIdleSettings(session);
        } finally {
          await session.close();
        }
        return;
      } catch (cause) {
        if (performance.now() > deadline)
          throw didNotStart(`it did not answer within ${READY_MS / 1000} s`, String(cause), cause);
        await new Promise((wake) => setTimeout(wake, RETRY_MS));
      }
    }
  };
  try {
    await Promise.race([answer(), ended, gone]);
  } finally {
    isOver = true;
  }
}

/**
 * Whether something listens on the port for SQL. Asked again and again while the engine starts: a bare connection costs
 * a tenth of a session that fails.
 */
async function listens(host: ClusterHost): Promise<boolean> {
  const stream = host.connect(SQL_PORT);
  try {
    const connected = new Promise<boolean>((settle) => {
      stream.once('connect', () => settle(true));
      for (const event of ['error', 'close']) stream.once(event, () => settle(false));
    });
    return (await within(CONNECT_MS, connected)) ?? false;
  } finally {
    stream.destroy();
  }
}

function didNotStart(why: string, words: string, cause: unknown = why): AppError {
  // This is shown on the operator's terminal, so control characters are removed.
  const last = words
    .trim()
    .split('\n')
    .slice(-LAST_LINES)
    .join('\n')
    .slice(-LAST_CHARACTERS)
    .replace(/[^\P{Cc}\n]/gu, '');
  return new AppError('unavailable', DATABASE_NOT_READY, {
    cause,
    forOperator: `The database did not start: ${why}${last === '' ? '.' : `, and said: ${last}`}`,
  });
}
