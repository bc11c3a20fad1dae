import { randomBytes } from 'node:crypto';
import type { CertificateSet } from '../cluster/certificates.ts';
import { startCluster, type Cluster } from '../cluster/cluster.ts';
import type { Engine } from '../cluster/engine.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';
import { DISPOSED, type Container } from '../oci/container.ts';
import { SHARES } from '../oci/processor-shares.ts';
import type { Runtime } from '../oci/runtime.ts';
import type { EngineInfo, LostCause, Mode } from '../../shared/protocol.ts';
import { CLUSTER_NOT_STARTED } from '../sentences/unavailable-sentences.ts';

/** How long after a failure to wait for the container itself to end, which then is the actual cause. */
const LOST_SOON_MS = 400;
const SIGKILL_EXIT = 137;

/** What is needed to start a container with a cluster. */
export interface Prerequisites {
  runtime: Runtime;
  engine: Engine;
  /** The absolute path in the container of the Python that the agent runs on. */
  python: string;
}

/** A container with a running cluster. */
export interface ClusterContainer {
  readonly mode: Mode;
  readonly engine: EngineInfo;
  readonly memoryBytes: number;
  readonly container: Container;
  readonly cluster: Cluster;
  /** How long it took to start, until the cluster answered SQL, milliseconds. */
  readonly readyMs: number;
  /** Resolves to the cause when the cluster or the container has ended by itself. */
  readonly lost: Promise<LostCause>;
  /** Returns the cause if it has ended or ends within 0.4 s, otherwise undefined. */
  lostSoon(): Promise<LostCause | undefined>;
  /** Ends and removes the container; see `Container.dispose`. */
  dispose(): Promise<void>;
}

/** What else a start may be given. */
interface StartOptions {
  /** Whom the cluster is started for; default: a reader. */
  use?: 'reader' | 'pool';
  /** Certificates that no other cluster has. Without them, a secure cluster makes its own. */
  certificates?: CertificateSet | undefined;
  /** Receives later failures; default: the log. */
  report?: Report;
}

/**
 * Creates a container and starts a cluster in it. Throws AppError `unavailable` when that fails, and then nothing of it
 * is left.
 */
export async function startClusterContainer(
  prerequisites: Prerequisites,
  mode: Mode,
  { use = 'reader', certificates, report = log }: StartOptions = {},
): Promise<ClusterContainer> {
  const startMs = performance.now();
  const { engine } = prerequisites;
  const shares = use === 'reader' ? SHARES.startedForReader : SHARES.madeAhead;
  const container = await createContainer(prerequisites, { shares, overlay: engine.overlay });
  const containerMs = performance.now() - startMs;
  try {
    const cluster = await startCluster(container, engine, mode === 'secure', certificates);
    await container.setShares(SHARES.inUse);
    const { name, version, standIn } = engine;
    const lost = Promise.race([
      container.engineEnded.then(({ exitCode, log: words }) => causeOfEnd(container, exitCode, words, report)),
      container.closed.then(({ reason }): LostCause => {
        if (reason !== DISPOSED) report({ type: 'container-lost', container: container.id, reason });
        return 'agent-lost';
      }),
    ]);
    const tookMs = performance.now() - startMs;
    report({ type: 'cluster-started', mode, for: use, tookMs, phases: { containerMs, ...cluster.phases } });
    return {
      mode,
      engine: { name, version, standIn },
      memoryBytes: engine.memoryBytes,
      container,
      cluster,
      readyMs: Math.round(tookMs),
      lost,
      lostSoon: () => within(LOST_SOON_MS, lost),
      dispose: () => container.dispose(),
    };
  } catch (cause) {
    await container.dispose();
    // Other errors are failures on our side, too: no reader has used the container yet.
    if (cause instanceof AppError && cause.code === 'unavailable') throw cause;
    throw new AppError('unavailable', CLUSTER_NOT_STARTED, { cause });
  }
}

/**
 * Creates a container with the engine's programs; without `overlay`, no cluster can start in it. Throws AppError
 * `unavailable`.
 */
export async function createContainer(
  { runtime, engine, python }: Prerequisites,
  { overlay, shares = SHARES.madeAhead }: { overlay?: Engine['overlay']; shares?: number } = {},
): Promise<Container> {
  return await runtime.create({
    id: `bankrun-${randomBytes(8).toString('hex')}`,
    mounts: engine.mounts,
    ...(overlay ? { overlay } : {}),
    env: engine.env,
    path: [engine.path],
    memoryBytes: engine.memoryBytes,
    shares,
    python,
  });
}

async function causeOfEnd(container: Container, exitCode: number, words: string, report: Report): Promise<LostCause> {
  if (exitCode === SIGKILL_EXIT) {
    const usage = await container.usage().catch(() => undefined);
    if (usage === undefined || usage.oomKills > 0) return 'out-of-memory';
  }
  report({ type: 'engine-ended', container: container.id, exitCode, log: words });
  return 'engine-ended';
}
