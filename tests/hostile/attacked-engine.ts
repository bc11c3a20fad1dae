import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../../server/cluster/database-error.ts';
import { startCluster, type Cluster } from '../../server/cluster/cluster.ts';
import { installedEngine } from '../../server/cluster/installed-engine.ts';
import { PgSession } from '../../server/cluster/pg-session.ts';
import { readConfig } from '../../server/config.ts';
import { within } from '../../server/within.ts';
import type { Container } from '../../server/oci/container.ts';
import type { ContainerRequest } from '../../server/oci/runtime.ts';
import { SQL_PORT } from '../../server/sandbox-layout.ts';
import type { Mode } from '../../shared/protocol.ts';
import { echoes, startEcho } from '../server/oci/test-runtime.ts';

/** How long a cluster may take to answer while it is attacked. */
const ANSWER_MS = 30_000;
/** The number of `WAYS` in `false-database.py`. */
const FALSEHOODS = 31;
const LISTENING_MS = 5000;
const STEP_MS = 3000;
const LOOK_MS = 50;
/** For 31 sessions at once: answers of 4 MiB, read once, and what waits to be collected. */
const KEPT_BYTES = 512 << 20;
/** That there are as many clients as may be is an answer, too. */
const TOO_MANY_CLIENTS = '53300';

/** What runs as the engine in an attacked sandbox. */
export interface AttackedEngine {
  /** What its container needs. */
  readonly request: Partial<ContainerRequest>;
  /** Starts it, and returns a function that says whether it answers the server, or why not. */
  start(container: Container): Promise<() => Promise<boolean | string>>;
}

/** Returns the engine for a program that attacks such a cluster, pretends to be one, or attacks something else. */
export function engineOf(cluster: Mode | 'false' | undefined): AttackedEngine {
  return cluster === undefined ? ECHO : cluster === 'false' ? FALSE : clusterIn(cluster);
}

/** Echoes what it gets: quick to start. */
const ECHO: AttackedEngine = {
  request: {},
  async start(container) {
    await startEcho(container);
    return () => echoes(container);
  },
};

/**
 * None: the program itself listens at the engine's address. It is held when each of the server's sessions ends, and
 * what the server keeps meanwhile is bounded. Afterwards, when nothing listens, sessions are refused.
 */
const FALSE: AttackedEngine = {
  request: {},
  start: (container) => Promise.resolve(() => beLiedTo(() => container.connect(SQL_PORT))),
};

/** Returns the engine that set-up chose, with a cluster in that mode. */
function clusterIn(mode: Mode): AttackedEngine {
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

/** Opens as many sessions as the program serves, and asks each. Returns true, or what went wrong. */
async function beLiedTo(dial: () => Duplex): Promise<boolean | string> {
  const before = bytesKept();
  let most = 0;
  const looking = setInterval(() => (most = Math.max(most, bytesKept() - before)), LOOK_MS);
  const deadline = performance.now() + LISTENING_MS;
  try {
    while (!(await finds(dial))) {
      if (performance.now() > deadline) return true;
      await sleep(LOOK_MS);
    }
    const sessions = Array.from({ length: FALSEHOODS - 1 }, () => within(ANSWER_MS, finds(dial)));
    if ((await Promise.all(sessions)).includes(undefined)) return 'a session did not end';
    return most < KEPT_BYTES || `the server kept ${most} bytes`;
  } finally {
    clearInterval(looking);
  }
}

/** Opens a session, asks, and ends it. Returns whether anybody listens. Throws what is no DatabaseError. */
async function finds(dial: () => Duplex): Promise<boolean> {
  try {
    const session = await PgSession.open(dial, { user: 'root', database: 'defaultdb' });
    try {
      // A step that takes too long is cut.
      await within(STEP_MS, session.query('SELECT 1'));
    } finally {
      session.destroy();
    }
  } catch (failure) {
    if (!(failure instanceof DatabaseError)) throw failure;
    return !failure.message.includes('refused');
  }
  return true;
}

/** How many bytes this process keeps, with what has not been collected yet. */
function bytesKept(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
