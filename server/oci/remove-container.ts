import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CleanUpStack } from '../process/clean-up-stack.ts';
import type { ContainerHost } from './container-host.ts';

/** How long the kernel may take to end a container's processes after its agent has exited. */
const EMPTY_MS = 3000;
const EMPTY_TICK_MS = 5;

/**
 * Removes a container, its control groups and its bundle, as far as they exist. When a part cannot be removed, removes
 * the others, and then rejects.
 */
export async function removeContainer({ driver, cgroups, bundles }: ContainerHost, id: string): Promise<void> {
  const path = join(cgroups.parent, id);
  const deadlineMs = performance.now() + EMPTY_MS;
  while ((await cgroups.pids(path)).length > 0 && performance.now() < deadlineMs) await wait(EMPTY_TICK_MS);
  const undo = new CleanUpStack();
  undo.defer(() => rm(join(bundles, id), { recursive: true, force: true }));
  undo.defer(() => cgroups.remove(path));
  undo.defer(async () => {
    for (const pid of await cgroups.pids(path)) killPid(pid);
  });
  undo.defer(() => driver.remove(id));
  undo.defer(() => cgroups.reclaim(path));
  await undo.dispose();
}

/** Removes what is left of containers that are not in `alive`. Returns their number. */
export async function sweepContainers(host: ContainerHost, alive: ReadonlySet<string>): Promise<number> {
  const { driver, cgroups, bundles } = host;
  const found = new Set([
    ...(await driver.list()),
    ...(await cgroups.children(cgroups.parent)),
    ...(await readdir(bundles)),
  ]);
  const left = [...found].filter((id) => !alive.has(id));
  for (const id of left) {
    for (const pid of await cgroups.pids(join(cgroups.parent, id))) killPid(pid);
    await removeContainer(host, id);
  }
  return left.length;
}

function killPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
