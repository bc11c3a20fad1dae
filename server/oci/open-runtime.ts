import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import { openCgroups } from './cgroups.ts';
import type { Container } from './container.ts';
import type { CommonParts, Runtime } from './runtime.ts';
import type { ContainerHost } from './container-host.ts';
import { labelOf } from './label.ts';
import { sweepContainers } from './remove-container.ts';
import { startContainer } from './start-container.ts';
import { HostIds, idsAtHand } from './host-ids.ts';
import { DEFAULT_LIMITS, type ContainerLimits } from './container-limits.ts';
import { takeLock } from './server-lock.ts';
import { LowerCopies } from './lower-copies.ts';
import { checkInterpreter, checkKernel, closedParent, runtimeVersion, type RuntimeProgram } from './machine-checks.ts';
import { MemoryGuard } from './memory-guard.ts';
import { runtimeDirectory } from './runtime-directory.ts';
import { runcDriver } from './runc.ts';
import { runscDriver } from './runsc.ts';
import { makeRootfs } from './rootfs.ts';
import { CANNOT_ISOLATE, SERVER_SHUTTING_DOWN } from '../sentences/unavailable-sentences.ts';

/** The Python that the agent runs on. */
interface PythonInstall {
  /** The path of the interpreter, on the host and in the container. */
  executable: string;
  /** Its files and folders, if it was not installed into /usr by the system's packages. */
  parts?: string[];
}

/** Options of `openRuntime`. */
export interface RuntimeOptions {
  /** The folder for bundles, state and the root file system of containers. Only one server at a time can use it. */
  stateDir: string;
  program: RuntimeProgram;
  python: PythonInstall;
  common: CommonParts;
  limits?: Partial<ContainerLimits>;
  /** Receives later failures; default: the log. */
  report?: Report;
  /** When to try again to remove what could not be removed, milliseconds. */
  sweepAgainMs?: number;
}

/** A disk that is full, or a runtime that is being upgraded, may take minutes. */
const SWEEP_AGAIN_MS = 30_000;

/**
 * Opens the program that starts containers, after checking everything that it needs to confine them. Throws AppError
 * `unavailable`, with one sentence for the operator on what is missing and what to do. It is not possible to run
 * without limits.
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  try {
    return await open(options);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('unavailable', CANNOT_ISOLATE, {
      forOperator: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

async function open({
  stateDir,
  program,
  python,
  common,
  limits,
  report = log,
  sweepAgainMs = SWEEP_AGAIN_MS,
}: RuntimeOptions): Promise<Runtime> {
  await checkKernel();
  const { name } = program;
  const version = await runtimeVersion(program);
  await checkInterpreter(python.executable);
  const { label, seed } = labelOf(stateDir);
  const ids = idsAtHand();
  // The container's root user, an unprivileged user on the host, must be able to reach its root directory.
  const place = runtimeDirectory();
  const inState = join(resolve(stateDir), 'oci');
  const base = place.isPrivate || (await closedParent(inState)) !== undefined ? join(place.path, label) : inState;
  const release = await takeLock(`${label}-${name}`);
  try {
    const cgroups = await openCgroups(`${label}-${name}`, ids.isMachines);
    const rootfs = join(base, `rootfs-${name}`);
    const bundles = join(base, `bundles-${name}`);
    const state = join(base, `state-${name}`);
    const lower = join(base, `lower-${name}`);
    for (const directory of [base, bundles]) await mkdir(directory, { recursive: true, mode: 0o755 });
    const systemFolders = await makeRootfs(rootfs, python.executable, common, ids.engine);
    const allLimits = { ...DEFAULT_LIMITS, ...limits };
    const host: ContainerHost = {
      driver: name === 'runc' ? runcDriver(program.path, state) : runscDriver(program.path, state),
      cgroups,
      hostIds: new HostIds(seed, ids),
      engineHostId: ids.engine,
      lowerCopies: new LowerCopies(lower, ids.engine),
      limits: allLimits,
      pids: allLimits.pids[name],
      rootfs,
      bundles,
      interpreterParts: python.parts ?? [],
      common,
      systemFolders,
      label,
      unlimited: new Set(),
    };
    return runtimeOn(host, { name, version }, { report, sweepAgainMs }, async () => {
      await cgroups.remove(cgroups.parent);
      for (const directory of [rootfs, bundles, state, lower]) await rm(directory, { recursive: true, force: true });
      await rmdir(base).catch(() => undefined); // another runtime may still use it
      await release();
    });
  } catch (failure) {
    await release();
    throw failure;
  }
}

function runtimeOn(
  host: ContainerHost,
  { name, version }: Pick<Runtime, 'name' | 'version'>,
  { report, sweepAgainMs }: Required<Pick<RuntimeOptions, 'report' | 'sweepAgainMs'>>,
  undo: () => Promise<void>,
): Runtime {
  /** Ids in use, from before anything of a container is created until everything is removed. */
  const alive = new Set<string>();
  const containers = new Set<Container>();
  const starting = new Set<Promise<Container>>();
  // gVisor's kernel keeps its sockets in the container's memory, so it needs no guard.
  const unguard = host.driver.isKernelShared
    ? new MemoryGuard(() => containers, host.limits.uncountedBytes, report).start()
    : () => undefined;
  let closed: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  /** Tries again, after a while, to remove what was left of containers. */
  const sweepLater = (): void => {
    if (closed) return;
    again ??= setTimeout(() => {
      again = undefined;
      sweepContainers(host, alive).then((count) => {
        if (count > 0) report({ type: 'swept', what: 'containers', count });
      }, sweepLater);
    }, sweepAgainMs).unref();
  };
  return {
    name,
    version,
    isKernelShared: host.driver.isKernelShared,
    unlimited: host.unlimited,
    room: {
      memoryBytes: host.cgroups.ceiling.memoryBytes,
      containers: Math.floor(host.cgroups.ceiling.pids / host.pids),
    },
    limits: { pids: host.pids, cpus: host.limits.cpus },
    async create(request) {
      if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(request.id) || alive.has(request.id))
        throw new AppError('internal', 'A sandbox needs an id of its own.');
      if (closed) throw new AppError('unavailable', SERVER_SHUTTING_DOWN);
      alive.add(request.id);
      const started = startContainer(host, request);
      starting.add(started);
      try {
        const container = await started;
        containers.add(container);
        void container.closed
          .then(() => container.dispose())
          .catch((cause: unknown) => {
            report({ type: 'not-removed', what: 'container', id: request.id, cause });
            sweepLater();
          })
          .finally(() => {
            containers.delete(container);
            alive.delete(request.id);
          });
        return container;
      } catch (failure) {
        alive.delete(request.id);
        sweepLater();
        throw failure;
      } finally {
        starting.delete(started);
      }
    },
    sweep: () => sweepContainers(host, alive),
    close() {
      closed ??= (async () => {
        await Promise.allSettled(starting);
        await Promise.allSettled([...containers].map((container) => container.dispose()));
        unguard();
        clearTimeout(again);
        await sweepContainers(host, new Set());
        await undo();
      })();
      return closed;
    },
  };
}
