import { createHash, randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languageOfFile } from '../../languages/commands.ts';
import { AppError } from '../../server/errors.ts';
import type { Container } from '../../server/oci/container.ts';
import { CleanUpStack } from '../../server/process/clean-up-stack.ts';
import { describeRuntimes } from '../contracts/runtime/runtimes.ts';
import {
  echoes,
  openTestRuntime,
  runIn,
  startEcho,
  type Outcome,
  type TestRuntime,
} from '../server/oci/test-runtime.ts';
import { watchKernelMemory } from './host-memory.ts';
import { runInTerminal } from './in-terminal.ts';
import { brokenIn, readPrograms, type HostileProgram } from './program.ts';

const OUTPUT_BYTES = 256 << 10;
const MEMORY_BYTES = 256 << 20;
/** Less than a real server allows, so that a program reaches the limit within seconds. */
const UNCOUNTED_BYTES = 160 << 20;
/**
 * By how many bytes the host's kernel may grow: what the sandbox is charged for, what may go uncounted, and what is
 * added until that is noticed.
 */
const KERNEL_BYTES = MEMORY_BYTES + UNCOUNTED_BYTES + (256 << 20);
/** The agent and the engine. */
const PROCESSES = 2;
/** The fork server, and the engine's threads that serve a connection. */
const SLACK = 4;
/** Those of the agent, the engine, the fork server and the next run. */
const SOCKETS = 24;

/**
 * Prints how many other processes, zombies included, have this program's uid, how many processes there are in all, and
 * how many sockets.
 */
const COUNT = `
import glob, os
uids = [next(int(l.split()[1]) for l in open(f) if l.startswith('Uid:')) for f in glob.glob('/proc/[0-9]*/status')]
counted = '/proc/net/sockstat'
print(uids.count(os.getuid()) - 1, len(uids) - 1, open(counted).readline().split()[-1] if os.path.exists(counted) else 0)
`;

describeRuntimes((name) => {
  let testRuntime: TestRuntime;
  /** Another reader's container. */
  let bystander: Container;
  const undo = new CleanUpStack();
  const secret = `engine.secret.${randomBytes(16).toString('hex')}`;
  const given: Record<string, string> = { 'secret-hash': createHash('sha256').update(secret).digest('hex') };
  const reached: string[] = [];
  const disposals: Promise<void>[] = [];

  beforeAll(async () => {
    testRuntime = await openTestRuntime(name, { uncountedBytes: UNCOUNTED_BYTES });
    undo.defer(() => testRuntime.dispose());
    bystander = await testRuntime.create();
    await startEcho(bystander);
    const socketName = `bankrun-hostile-${process.pid}-${name}`;
    for (const at of [{ host: '127.0.0.1', port: 0 }, { path: `\0${socketName}` }]) {
      const server = createServer((socket) => {
        reached.push(JSON.stringify(at));
        socket.destroy();
      });
      await new Promise<void>((settle) => server.listen(at, settle));
      undo.defer(() => server.close());
      if ('port' in at) given['host-port'] = String((server.address() as AddressInfo).port);
    }
    given['host-socket'] = socketName;
  });
  afterAll(() => undo.dispose());

  describe('a hostile program', () => {
    const programs = readPrograms().flatMap((program) => program.where.map((where) => ({ ...program, where })));

    test.each(programs)('$name in a $where', { timeout: 90_000 }, async (program) => {
      const container = await testRuntime.create({ memoryBytes: MEMORY_BYTES });
      const kernelGrowth = watchKernelMemory();
      try {
        await startEcho(container);
        await container.writeFile('engine', '/run/engine/secret', secret, 0o600);
        expect((await container.readFile('engine', '/run/engine/secret', 100)).toString()).toBe(secret);
        await container.preload(['pretend']);
        await container.writeFile('reader', program.name, program.text);
        const argv = [
          languageOfFile(program.name)?.runs[0] ?? '/bin/bash',
          program.name,
          ...program.arguments.map((key) => given[key] ?? ''),
        ];
        const running =
          program.where === 'terminal'
            ? runInTerminal(container, argv, program.timeoutMs, OUTPUT_BYTES)
            : runIn(container, argv, { timeoutMs: program.timeoutMs, outputBytes: OUTPUT_BYTES });
        const [meanwhile, outcome] = await Promise.all([ifNotLost(() => echoes(container)), ifNotLost(() => running)]);
        if (outcome === 'lost') await expectToHaveRunOut(container, program);
        else {
          expect(meanwhile, 'the engine answers meanwhile').toBe(true);
          judge(outcome);
          await expectNothingLeft(container);
        }
        expect(kernelGrowth(), 'bytes that the host’s kernel has grown by').toBeLessThan(KERNEL_BYTES);
        expect(reached).toEqual([]);
        expect(await echoes(bystander), 'another reader’s engine answers').toBe(true);
      } finally {
        kernelGrowth();
        // This takes gVisor more than a second, and the next program need not wait for it.
        disposals.push(container.dispose());
      }

      function judge(outcome: Outcome): void {
        const { ends } = program;
        const said = outcome.stdout + outcome.stderr;
        expect(said.length).toBeLessThanOrEqual(OUTPUT_BYTES);
        expect(brokenIn(said, program, testRuntime.runtime.isKernelShared)).toEqual([]);
        if (ends === 'timeout' || ends === 'output') expect(outcome).toMatchObject({ cut: ends });
        else if (ends !== 'any') expect(outcome, said).toMatchObject({ exitCode: Number(ends) });
        if (ends === 'output') expect(said.length).toBe(OUTPUT_BYTES);
        if (ends === '0') expect(said, 'it came to a verdict').toMatch(/^(held|BROKEN)/m);
      }
    });

    test('leaves nothing to sweep', async () => {
      await Promise.all(disposals);
      expect(await testRuntime.runtime.sweep()).toBe(0);
    });
  });

  /** Expects that the program may end its sandbox, and that the sandbox was lost because memory ran out. */
  async function expectToHaveRunOut(
    container: Container,
    { mayTakeSandbox }: Pick<HostileProgram, 'mayTakeSandbox'>,
  ): Promise<void> {
    const { isKernelShared } = testRuntime.runtime;
    expect(isKernelShared ? mayTakeSandbox.kernel : mayTakeSandbox.gvisor, 'the sandbox may be lost').toBe(true);
    if (isKernelShared)
      expect((await container.usage()).oomKills, 'the program, and then another').toBeGreaterThanOrEqual(2);
  }

  async function expectNothingLeft(container: Container): Promise<void> {
    expect(await echoes(container), 'the engine answers afterwards').toBe(true);
    // With a kernel of its own, only that kernel can tell the program's processes and threads from the container's.
    const { processes } = await container.usage();
    if (testRuntime.runtime.isKernelShared) expect(processes, 'nothing is left').toBeLessThanOrEqual(PROCESSES + SLACK);
    const next = await runIn(container, ['python', '-c', COUNT]);
    expect(next, 'the next run').toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^0 \d+ \d+\n$/) as string,
    });
    expect(Number(next.stdout.split(' ')[1]), 'nothing is left inside').toBeLessThanOrEqual(PROCESSES + SLACK);
    expect(Number(next.stdout.split(' ')[2]), 'no sockets are left').toBeLessThanOrEqual(SOCKETS);
  }
});

async function ifNotLost<T>(ask: () => Promise<T>): Promise<T | 'lost'> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'sandbox-lost') return 'lost';
    throw failure;
  }
}
