import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { within } from '../within.ts';
import { CleanUpStack } from '../process/clean-up-stack.ts';
import { gapsInConfinement } from './agent-replies.ts';
import { AgentLink } from './agent-link.ts';
import type { Container } from './container.ts';
import type { ContainerRequest } from './runtime.ts';
import { disksOf } from './disks.ts';
import { AgentContainer } from './agent-container.ts';
import type { ContainerHost } from './container-host.ts';
import { mountsOf, OVERLAY_LOWER } from './mounts.ts';
import { removeContainer } from './remove-container.ts';
import { makeMountPoints } from './rootfs.ts';
import { containerSpec } from './spec.ts';
import type { SpecInput } from './spec-input.ts';
import { SANDBOX_NOT_STARTED, notConfinedSentence } from '../sentences/unavailable-sentences.ts';

const HELLO_MS = 30_000;
const COPY_MS = 30_000;

/**
 * Starts a container and checks that its limits are in force. Throws AppError `unavailable` when that fails, and then
 * nothing of the container is left.
 */
export async function startContainer(host: ContainerHost, wanted: ContainerRequest): Promise<Container> {
  const { driver, cgroups } = host;
  const { id, overlay } = wanted;
  const undo = new CleanUpStack();
  try {
    const request = overlay
      ? { ...wanted, overlay: { ...overlay, lower: await host.lowerCopies.of(overlay.lower) } }
      : wanted;
    const firstHostId = host.hostIds.take();
    undo.defer(() => host.hostIds.release(firstHostId));
    const cgroupPath = join(cgroups.parent, id);
    const { agentArguments, mountsOverlay } = driver;
    const input: SpecInput = {
      ...host,
      request,
      cgroupPath,
      firstHostId,
      limitsSwap: cgroups.limitsSwap,
      agentArguments,
      mountsOverlay,
    };
    const bundle = join(host.bundles, id);
    await mkdir(bundle, { recursive: true, mode: 0o700 });
    undo.defer(() => rm(bundle, { recursive: true, force: true }));
    await makeMountPoints(host.rootfs, mountsOf(input));
    await writeFile(join(bundle, 'config.json'), JSON.stringify(driver.translate(containerSpec(input)), null, 1));
    const program = driver.start(id, bundle);
    undo.defer(() => removeContainer(host, id));
    undo.defer(() => program.stop());
    const container = new AgentContainer({
      id,
      link: (onOwn) => new AgentLink(program.socket, onOwn),
      usage: () => cgroups.usage(cgroupPath),
      setShares: (shares) => cgroups.setShares(cgroupPath, shares),
      socketBytes: () => cgroups.socketBytes(cgroupPath),
      remove: () => undo.dispose(),
    });
    await driver.started(program);
    const hello = await helloOf(container, program.stderr);
    await cgroups.limitSockets(cgroupPath, host.limits.socketBytes);
    await proveConfinement(host, input, hello, await limitDisks(host, input));
    if (request.overlay && !mountsOverlay) await copyLower(container, request.overlay.destination);
    return container;
  } catch (cause) {
    await undo.dispose().catch(() => undefined);
    if (cause instanceof AppError && cause.code === 'unavailable') throw cause;
    throw new AppError('unavailable', SANDBOX_NOT_STARTED, { cause });
  }
}

/** Waits for the agent's hello and returns it. Throws AppError `unavailable` when it does not arrive. */
async function helloOf(container: AgentContainer, stderr: () => string): Promise<unknown> {
  try {
    const hello = await within(HELLO_MS, container.hello);
    if (hello === undefined) throw new Error('the agent did not say hello');
    return hello;
  } catch (cause) {
    throw new AppError('unavailable', SANDBOX_NOT_STARTED, { cause: `${String(cause)}: ${stderr()}` });
  }
}

/**
 * Throws AppError `unavailable` when a restriction is not in force, and names it. Missing limits for `disks` are only
 * noted in `host.unlimited`.
 */
async function proveConfinement(host: ContainerHost, input: SpecInput, hello: unknown, disks: string[]): Promise<void> {
  const gaps = gapsInConfinement(hello, host.driver.isKernelShared);
  const limits = await host.cgroups.limits(input.cgroupPath);
  if (limits.memoryBytes > input.request.memoryBytes) gaps.push('the memory limit');
  if (limits.pids > input.pids) gaps.push('the limit of processes');
  if (limits.cpus > host.limits.cpus) gaps.push('the processor limit');
  if (gaps.length > 0) throw new AppError('unavailable', notConfinedSentence(gaps));
  const missing = disks.filter((disk) => !limits.disks.includes(disk));
  if (missing.length > 0)
    host.unlimited.add(`reading from disk ${missing.join(', ')}, because control groups cannot limit it here`);
}

/**
 * Limits what a container reads from the host's disks. Returns the disks that it can read from. A missing limit is
 * noted and does not prevent the start, because it only makes other programs slower.
 */
async function limitDisks({ cgroups, limits, unlimited }: ContainerHost, input: SpecInput): Promise<string[]> {
  const sources = mountsOf(input).flatMap(({ type, source }) => (type === 'bind' ? [source] : []));
  const { disks, unknown } = await disksOf([input.rootfs, ...sources]);
  if (unknown.length > 0)
    unlimited.add(`reading from disk below ${unknown[0]}, because its file system does not name a disk`);
  // When the kernel refuses a limit, `proveConfinement` finds that it is missing.
  for (const disk of disks) await cgroups.limitDisk(input.cgroupPath, disk, limits.disk).catch(() => undefined);
  return disks;
}

async function copyLower(container: Container, destination: string): Promise<void> {
  const argv = ['cp', '--recursive', '--preserve=mode', `${OVERLAY_LOWER}/.`, destination];
  let output = '';
  const { exitCode } = await container.run(
    { account: 'engine', argv, cwd: '/', timeoutMs: COPY_MS, outputBytes: 4096 },
    (_, bytes) => {
      output += bytes.toString('utf8');
    },
  ).ended;
  if (exitCode !== 0) throw new Error(`the engine’s files were not copied: ${output}`);
}
