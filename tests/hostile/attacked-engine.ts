import { DatabaseError } from '../../server/cluster/database-error.ts';
import { startCluster, type Cluster } from '../../server/cluster/cluster.ts';
import { installedEngine } from '../../server/cluster/installed-engine.ts';
import { readConfig } from '../../server/config.ts';
import { within } from '../../server/within.ts';
import type { Container } from '../../server/oci/container.ts';
import type { ContainerRequest } from '../../server/oci/runtime.ts';
import type { Mode } from '../../shared/protocol.ts';
import { echoes, startEcho } from '../server/oci/test-runtime.ts';

/** How long a cluster may take to answer while it is attacked. */
const ANSWER_MS = 30_000;
/** That there are as many clients as may be is an answer, too. */
const TOO_MANY_CLIENTS = '53300';

/** What runs as the engine in an attacked sandbox. */
export interface AttackedEngine {
  /** What its container needs. */
  readonly request: Partial<ContainerRequest>;
  /** Starts it, and returns a function that says whether it answers the server. */
  start(container: Container): Promise<() => Promise<boolean>>;
}

/** Echoes what it gets: quick to start, for programs that attack something else. */
export const ECHO: AttackedEngine = {
  request: {},
  async start(container) {
    await startEcho(container);
    return () => echoes(container);
  },
};

/** Returns the engine that set-up chose, with a cluster in that mode. */
export function clusterIn(mode: Mode): AttackedEngine {
  const { setup } = readConfig();
  const engine = installedEngine(setup.engine, setup.standin);
  const { mounts, overlay, env, path, memoryBytes } = engine;
  return {
    request: { mounts, env, path: [path], memoryBytes, ...(overlay && { overlay }) },
    async start(container) {
      const cluster = await startCluster(container, engine, mode === 'secure');
      return async () => (await within(ANSWER_MS, answers(cluster))) ?? false;
    },
  };
}

/** Whether the cluster answers a new session. */
async function answers(cluster: Cluster): Promise<boolean> {
  try {
    const session = await cluster.open('root', 'defaultdb');
    try {
      return (await session.query('SELECT 6 * 7')).rows[0]?.[0] === '42';
    } finally {
      await session.close();
    }
  } catch (failure) {
    if (failure instanceof DatabaseError && failure.sqlState === TOO_MANY_CLIENTS) return true;
    throw failure;
  }
}
