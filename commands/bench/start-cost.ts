import { readdirSync, readFileSync } from 'node:fs';
import { makeCertificates, type CertificateSet } from '../../server/cluster/certificates.ts';
import type { ClusterHost } from '../../server/cluster/cluster-host.ts';
import { startCluster } from '../../server/cluster/cluster.ts';
import type { Container } from '../../server/oci/container.ts';
import { createContainer, type Prerequisites } from '../../server/sandbox/cluster-container.ts';
import type { Mode } from '../../shared/protocol.ts';
import { processTime } from './processor.ts';

/** What a phase took: by the clock, and of processor time, milliseconds. */
export interface PhaseCost {
  waitedMs: number;
  /** All processes in containers. */
  containerMs: number;
  /** This process, which does what the server does. */
  serverMs: number;
  /** The runtime and whatever else this process started and has ended. */
  runtimeMs: number;
}

/** What a start cost by phase, in their order, and the container's share by the names of its live processes. */
export interface StartCost {
  phases: Map<string, PhaseCost>;
  processes: Map<string, number>;
}

/**
 * Starts a cluster as the server does and removes it. A secure one makes its own certificates unless some were made
 * `ahead`. `containersMs` returns the processor time of all containers so far.
 */
export async function phasesOfStart(
  prerequisites: Prerequisites,
  mode: Mode,
  containersMs: () => number,
  ahead?: CertificateSet,
): Promise<StartCost> {
  const phases = new Map<string, PhaseCost>();
  let last = now(containersMs);
  const end = (phase: string): void => {
    const next = now(containersMs);
    phases.set(phase, minus(next, last));
    last = next;
  };
  const container = await createContainer(prerequisites, { overlay: prerequisites.engine.overlay });
  try {
    end('the container, until its agent answers');
    const host = watched(
      container,
      () => mode === 'secure' && end('certificates'),
      () => end('the engine is forked'),
    );
    await startCluster(host, prerequisites.engine, mode === 'secure', ahead);
    end('the engine, until it answers SQL');
    return { phases, processes: processesOf(container.id) };
  } finally {
    await container.dispose();
  }
}

/** Makes certificates in a container of their own. Returns the sets, and what one cost. */
export async function makeSets(
  prerequisites: Prerequisites,
  count: number,
  containersMs: () => number,
): Promise<{ sets: CertificateSet[]; cost: PhaseCost }> {
  const maker = await createContainer(prerequisites);
  try {
    const before = now(containersMs);
    const sets: CertificateSet[] = [];
    while (sets.length < count) sets.push(await makeCertificates(maker));
    return { sets, cost: dividedBy(minus(now(containersMs), before), count) };
  } finally {
    await maker.dispose();
  }
}

/** Returns the mean of costs, phase by phase and process by process; a process that a start lacks counts as nothing. */
export function meanOf(costs: readonly StartCost[]): StartCost {
  const phases = new Map<string, PhaseCost>();
  const processes = new Map<string, number>();
  for (const cost of costs) {
    for (const [name, one] of cost.phases) phases.set(name, plus(phases.get(name) ?? NOTHING, one));
    for (const [name, ms] of cost.processes) processes.set(name, (processes.get(name) ?? 0) + ms);
  }
  return {
    phases: new Map([...phases].map(([name, sum]) => [name, dividedBy(sum, costs.length)])),
    processes: new Map([...processes].map(([name, sum]) => [name, sum / costs.length])),
  };
}

/** Returns the sum of all phases. */
export function totalOf({ phases }: StartCost): PhaseCost {
  return [...phases.values()].reduce(plus, NOTHING);
}

const NOTHING: PhaseCost = { waitedMs: 0, containerMs: 0, serverMs: 0, runtimeMs: 0 };

function now(containersMs: () => number): PhaseCost {
  const { user, system } = process.cpuUsage();
  return {
    waitedMs: performance.now(),
    containerMs: containersMs(),
    serverMs: (user + system) / 1000,
    runtimeMs: processTime(process.pid).endedMs,
  };
}

function combine(a: PhaseCost, b: PhaseCost, by: (a: number, b: number) => number): PhaseCost {
  return {
    waitedMs: by(a.waitedMs, b.waitedMs),
    containerMs: by(a.containerMs, b.containerMs),
    serverMs: by(a.serverMs, b.serverMs),
    runtimeMs: by(a.runtimeMs, b.runtimeMs),
  };
}

const plus = (a: PhaseCost, b: PhaseCost): PhaseCost => combine(a, b, (x, y) => x + y);
const minus = (a: PhaseCost, b: PhaseCost): PhaseCost => combine(a, b, (x, y) => x - y);
const dividedBy = (a: PhaseCost, count: number): PhaseCost => combine(a, a, (x) => x / count);

/** Returns the container as a cluster's host that calls `before` and `after` around the fork of its engine. */
function watched(container: Container, before: () => unknown, after: () => unknown): ClusterHost {
  return {
    run: (...args) => container.run(...args),
    async startEngine(...args) {
      before();
      await container.startEngine(...args);
      after();
    },
    engineEnded: container.engineEnded,
    closed: container.closed,
    readFile: (...args) => container.readFile(...args),
    writeFile: (...args) => container.writeFile(...args),
    connect: (port) => container.connect(port),
  };
}

/** Returns the processor time of a container's live processes by their names, milliseconds. */
function processesOf(container: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(container)) continue;
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
        Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
      );
      times.set(name, (times.get(name) ?? 0) + threads.reduce((sum, ns) => sum + ns, 0) / 1e6);
    } catch {
      // It has just ended.
    }
  }
  return times;
}
