import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificates, type CertificateSet } from '../../../server/cluster/certificates.ts';
import { readConfig } from '../../../server/config.ts';
import { openPrerequisites } from '../../../server/prerequisites.ts';
import type { Container } from '../../../server/oci/container.ts';
import { CleanUpStack } from '../../../server/process/clean-up-stack.ts';
import {
  createContainer,
  startClusterContainer,
  type ClusterContainer,
} from '../../../server/sandbox/cluster-container.ts';
import { selfTest } from '../../../server/sandbox/self-test.ts';
import type { Prerequisites } from '../../../server/sandbox/cluster-container.ts';
import { makeStateDir, programOf } from '../../server/oci/test-runtime.ts';
import type { RuntimeName } from './runtimes.ts';

const MAX_SLOTS = 7;
const STATUS = "open('/proc/self/status')";
const INTERFACES = "open('/proc/net/dev')";

/** Returns Python for the lines of the real status with this change. */
const status = (change: string): string => `(line.replace(${change}) for line in ${STATUS})`;

/** For each demand of the self-test: when it is broken, where the self-test looks, and what it then finds there. */
const BREAKS: [demand: string, when: string, looksAt: string, finds: string][] = [
  ['the system-call filter', 'it is off', STATUS, status("'Seccomp:\\t2', 'Seccomp:\\t0'")],
  ['the system-call filter', 'the kernel says nothing of it', STATUS, status("'Seccomp:', 'Other:'")],
  ['the filter for readers’ programs', 'it is off', 'fcntl.flock(0, fcntl.LOCK_UN)', 'None'],
  [
    'the filter for readers’ programs',
    'what it refuses fails otherwise',
    'fcntl.flock(0, fcntl.LOCK_UN)',
    'os.close(99)',
  ],
  ['the ban on new privileges', 'the kernel does not know it', 'prctl(39', 'prctl(-1'],
  ['the removal of capabilities', 'one can be had', STATUS, status("'CapBnd:\\t0', 'CapBnd:\\tf'")],
  ['the removal of capabilities', 'one is in force', STATUS, status("'CapEff:\\t0', 'CapEff:\\t1'")],
  ['the removal of capabilities', 'the kernel does not say which can be had', STATUS, status("'CapBnd:', 'Other:'")],
  ['the removal of capabilities', 'the kernel does not say which are in force', STATUS, status("'CapEff:', 'Other:'")],
  ['the change of user', 'it is root', 'os.getuid()', '0'],
  [
    'the cut from the network',
    'there is another interface',
    `${INTERFACES}.readlines()`,
    `[*${INTERFACES}, '  eth0: 0']`,
  ],
  ['the cut from the network', 'the kernel does not list interfaces', INTERFACES, "open('/no/such/file')"],
  ['the read-only root', 'a system directory can be written', '/usr/proof', '/tmp/proof'],
  ['the read-only root', 'the settings can be written', '/etc/proof', '/tmp/proof'],
  ['the read-only root', 'the root itself can be written', "'/proof'", "'/tmp/proof'"],
];
const ALL = [...new Set(BREAKS.map(([demand]) => demand))];

/** Returns a cluster's container that differs only in what runs in it and what that prints. */
function altered(
  started: ClusterContainer,
  changes: Partial<Pick<Container, 'run' | 'openTerminal'>>,
): ClusterContainer {
  const { container } = started;
  const kept = {
    run: container.run.bind(container),
    openTerminal: container.openTerminal.bind(container),
    usage: () => container.usage(),
  };
  return { ...started, container: { ...container, ...kept, ...changes } };
}

/** Returns the same arguments except for one. */
function changed(argv: string[], looksAt: string, finds: string): string[] {
  const words = argv.map((word) => word.replaceAll(looksAt, finds));
  expect(words).not.toEqual(argv);
  return words;
}

/** Returns a cluster's container in which every run prints this and exits with this code. */
function saying(started: ClusterContainer, said: string, exitCode = 0): ClusterContainer {
  const run: Container['run'] = (_, onOutput) => {
    onOutput('stdout', Buffer.from(said));
    return { ended: Promise.resolve({ exitCode, ms: 1 }), kill: () => undefined };
  };
  return altered(started, { run });
}

/**
 * Describes the contract of the server's self-test: what the runtime starts for the server passes it, and nothing less
 * does.
 */
export function describeSelfTest(name: RuntimeName): void {
  describe('the server’s self-test', () => {
    const undo = new CleanUpStack();
    let prerequisites: Prerequisites;
    let started: ClusterContainer;

    beforeAll(async () => {
      const stateDir = await makeStateDir(undo);
      const config = readConfig();
      prerequisites = await openPrerequisites({
        ...config,
        stateDir,
        setup: { ...config.setup, runtime: programOf(name) },
      });
      undo.defer(() => prerequisites.runtime.close());
      started = await startClusterContainer(prerequisites, 'insecure');
    });
    afterAll(() => undo.dispose());

    test('finds everything in force, with the engine that set-up chose', async () => {
      const found = await selfTest(started, prerequisites.runtime, MAX_SLOTS);
      expect(found.slots).toBeGreaterThanOrEqual(1);
      expect(found.slots).toBeLessThanOrEqual(MAX_SLOTS);
      expect(found.memoryBytes).toBeGreaterThan(0);
      expect(found.readyMs).toBeGreaterThan(0);
    });

    test('finds fewer slots when the surroundings allow fewer', async () => {
      const { memoryBytes } = await started.container.usage();
      const most = async (room: Partial<typeof prerequisites.runtime.room>): Promise<number> =>
        (
          await selfTest(
            started,
            { ...prerequisites.runtime, room: { memoryBytes: Infinity, containers: Infinity, ...room } },
            MAX_SLOTS,
          )
        ).slots;
      expect(await most({ containers: 2 })).toBe(2);
      expect(await most({ memoryBytes })).toBe(1);
      expect(await most({ containers: 0 })).toBe(1);
    });

    test('finds everything in force in a secure cluster too', async () => {
      const secure = await startClusterContainer(prerequisites, 'secure');
      try {
        await expect(selfTest(secure, prerequisites.runtime, MAX_SLOTS)).resolves.toMatchObject({
          readyMs: secure.readyMs,
        });
      } finally {
        await secure.dispose();
      }
    });

    test('finds everything in force when certificates were made in another container', async () => {
      const maker = await createContainer(prerequisites);
      const [certificates, others] = [await makeCertificates(maker), await makeCertificates(maker)];
      await maker.dispose();
      for (const name of Object.keys(certificates) as (keyof CertificateSet)[])
        expect(certificates[name].equals(others[name])).toBe(false);
      const secure = await startClusterContainer(prerequisites, 'secure', { certificates });
      try {
        await expect(selfTest(secure, prerequisites.runtime, MAX_SLOTS)).resolves.toMatchObject({
          readyMs: secure.readyMs,
        });
        const own = await secure.container.readFile('reader', 'certs/client.root.key', 1 << 20);
        expect(own.equals(certificates['client.root.key'])).toBe(true);
      } finally {
        await secure.dispose();
      }
    });

    test.each(BREAKS)('names %s when %s', async (demand, _, looksAt, finds) => {
      const broken = altered(started, {
        run: (request, onOutput) =>
          started.container.run({ ...request, argv: changed(request.argv, looksAt, finds) }, onOutput),
      });
      await expect(selfTest(broken, prerequisites.runtime, MAX_SLOTS)).rejects.toMatchObject({
        code: 'unavailable',
        message: `Code cannot be confined on this machine. Not in force: ${demand}.`,
      });
    });

    test.each([
      ['is none', 'os.isatty(0)', 'os.isatty(99)'],
      ['can be typed in by programs', '0x5412', '0x5413'],
      ['lacks the filter for readers’ programs', 'fcntl.flock(0, fcntl.LOCK_UN)', 'None'],
      ['says nothing', 'print(', 'str('],
      ['fails', 'print(', '1 / 0 if True else ('],
    ])('names the confinement of terminals when one %s', async (_, looksAt, finds) => {
      const broken = altered(started, {
        openTerminal: (request) =>
          started.container.openTerminal({ ...request, argv: changed(request.argv, looksAt, finds) }),
      });
      await expect(selfTest(broken, prerequisites.runtime, MAX_SLOTS)).rejects.toMatchObject({
        code: 'unavailable',
        message: 'Code cannot be confined on this machine. Not in force: the confinement of terminals.',
      });
    });

    test.each([
      ['says nothing', '', 0],
      ['says what cannot be read', '{"inForce":', 0],
      ['says something else', '{"inForce": "all of it"}', 0],
      ['fails', '', 1],
      ['fails, having said that all is well', JSON.stringify({ inForce: ALL }), 1],
    ])('names everything when the program that looks %s', async (_, said, exitCode) => {
      await expect(
        selfTest(saying(started, said, exitCode), { ...prerequisites.runtime, isKernelShared: true }, MAX_SLOTS),
      ).rejects.toMatchObject({
        code: 'unavailable',
        message: `Code cannot be confined on this machine. Not in force: ${ALL.join(', ')}.`,
      });
    });

    test('requires a separate kernel when the runtime claims to have one', async () => {
      const separation = selfTest(started, { ...prerequisites.runtime, isKernelShared: false }, MAX_SLOTS);
      const missing = {
        code: 'unavailable',
        message: 'Code cannot be confined on this machine. Not in force: the separation from the host’s kernel.',
      };
      if (prerequisites.runtime.isKernelShared) await expect(separation).rejects.toMatchObject(missing);
      else await expect(separation).resolves.toMatchObject({ readyMs: started.readyMs });
      // A different build alone proves no other kernel: one older than this process could be the host's. Nor does
      // silence.
      const age = { kernelAgeSeconds: process.uptime() + 1 };
      for (const kernel of [
        { kernelBuild: 'another', ...age },
        { kernelBuild: 'another' },
        { kernelAgeSeconds: 0 },
        {},
      ]) {
        await expect(
          selfTest(
            saying(started, JSON.stringify({ inForce: ALL, ...kernel })),
            { ...prerequisites.runtime, isKernelShared: false },
            MAX_SLOTS,
          ),
        ).rejects.toMatchObject(missing);
      }
      await selfTest(
        saying(started, JSON.stringify({ inForce: ALL, kernelBuild: 'another', kernelAgeSeconds: 0 })),
        { ...prerequisites.runtime, isKernelShared: false },
        MAX_SLOTS,
      );
    });
  });
}
