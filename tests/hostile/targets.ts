import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { DatabaseError } from '../../server/cluster/database-error.ts';
import { AppError } from '../../server/errors.ts';
import type { Container } from '../../server/oci/container.ts';
import type { RuntimeProgram } from '../../server/oci/machine-checks.ts';
import { CleanUpStack } from '../../server/process/clean-up-stack.ts';
import type { RuntimeName } from '../contracts/runtime/runtimes.ts';
import {
  echoes,
  openTestRuntime,
  runIn,
  startEcho,
  type Outcome,
  type TestRuntime,
} from '../server/oci/test-runtime.ts';
import { engineOf } from './attacked-engine.ts';
import { touchPaths } from './touched-paths.ts';
import { within } from '../../server/within.ts';
import { watchKernelMemory } from './host-memory.ts';
import { runInTerminal } from './in-terminal.ts';
import { brokenIn, type HostileProgram, type Place } from './program.ts';

const OUTPUT_BYTES = 256 << 10;
/** How much memory an attacked sandbox may use. */
const MEMORY_BYTES = 256 << 20;
/** Less than a real server allows, so that a program reaches the limit within seconds. */
const UNCOUNTED_BYTES = 160 << 20;
/**
 * By how many bytes the host's kernel may grow: what the sandbox is charged for, what may go uncounted, and what is
 * added until that is noticed.
 */
const KERNEL_BYTES = MEMORY_BYTES + UNCOUNTED_BYTES + (256 << 20);
/** The fork server, and what serves one connection in the engine. */
const SLACK = 4;
/** From the end of a program until the engine has ended what it did for it, which echoes have at once. */
const SETTLED_MS = 20_000;
const LOOK_MS = 50;
/** From the failure of a session until the end of the engine is known, which is its cause. */
const LOST_SOON_MS = 5000;
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
sockets = open(counted).readline().split()[-1] if os.path.exists(counted) else 0
print(uids.count(os.getuid()) - 1, len(uids) - 1, sockets)
`;

/** A hostile program, and one of the places where it runs. */
export type Attack = Omit<HostileProgram, 'where'> & { where: Place };

/**
 * What hostile programs attack under one runtime: sandboxes, including another reader's, and the host's own servers.
 * Open it before use.
 */
export class Targets {
  readonly #undo = new CleanUpStack();
  readonly #secret = `engine.secret.${randomBytes(16).toString('hex')}`;
  /** The arguments of programs, by the names in their heads. */
  readonly #given: Record<string, string> = {
    'secret-hash': createHash('sha256').update(this.#secret).digest('hex'),
  };
  /** The addresses of the host's servers to which something has connected. */
  readonly #reached: string[] = [];
  readonly #disposals: Promise<void>[] = [];
  #testRuntime: TestRuntime | undefined;
  /** Another reader's container. */
  #bystander: Container | undefined;

  async open(name: RuntimeName, program?: RuntimeProgram): Promise<void> {
    this.#testRuntime = await openTestRuntime(name, { uncountedBytes: UNCOUNTED_BYTES }, program);
    this.#undo.defer(() => this.#testRuntime?.dispose());
    this.#bystander = await this.#testRuntime.create();
    await startEcho(this.#bystander);
    const socketName = `bankrun-hostile-${randomBytes(8).toString('hex')}`;
    for (const at of [{ host: '127.0.0.1', port: 0 }, { path: `\0${socketName}` }]) {
      const server = createServer((socket) => {
        this.#reached.push(JSON.stringify(at));
        socket.destroy();
      });
      await once(server.listen(at), 'listening');
      this.#undo.defer(() => server.close());
      if ('port' in at) this.#given['host-port'] = String((server.address() as AddressInfo).port);
    }
    this.#given['host-socket'] = socketName;
  }

  close(): Promise<void> {
    return this.#undo.dispose();
  }

  get testRuntime(): TestRuntime {
    if (!this.#testRuntime) throw new Error('the targets are not open');
    return this.#testRuntime;
  }

  /**
   * Runs a program in its own sandbox and expects that everything held. `prepare` is called with the sandbox before the
   * program starts.
   */
  async expectToHold(
    program: Attack,
    memoryBytes = MEMORY_BYTES,
    prepare: (container: Container) => void = () => undefined,
  ): Promise<void> {
    const engine = engineOf(program.cluster);
    const container = await this.testRuntime.create({ memoryBytes, ...engine.request });
    const kernelGrowth = watchKernelMemory();
    try {
      const answers = await engine.start(container);
      const { processes } = await container.usage();
      await container.writeFile('engine', '/run/engine/secret', this.#secret, 0o600);
      expect((await container.readFile('engine', '/run/engine/secret', 100)).toString()).toBe(this.#secret);
      await container.preload(['pretend']);
      prepare(container);
      const asked = (): Promise<boolean | string> => ifNotLost(container, answers);
      const running = ifNotLost(container, () => this.#run(container, program));
      const [meanwhile, outcome, touched] = await Promise.all([
        asked(),
        running,
        touchPaths(container, program.written, running),
      ]);
      let isLost = meanwhile === 'lost' || outcome === 'lost';
      if (!isLost) {
        expect(meanwhile, 'the engine answers meanwhile').toBe(true);
        expect(touched, 'what went wrong when the server wrote and read').toEqual([]);
        this.#judge(program, outcome as Outcome);
        const afterwards = await asked();
        isLost = afterwards === 'lost';
        if (!isLost) await this.#expectNothingLeft(container, afterwards, processes + SLACK);
      }
      if (isLost) await this.#expectToHaveRunOut(container, program);
      expect(kernelGrowth(), 'bytes that the host’s kernel has grown by').toBeLessThan(KERNEL_BYTES);
      expect(this.#reached).toEqual([]);
      expect(this.#bystander && (await echoes(this.#bystander)), 'another reader’s engine answers').toBe(true);
    } finally {
      kernelGrowth();
      // This takes gVisor more than a second, and the next program need not wait for it.
      this.#disposals.push(container.dispose());
    }
  }

  /** Expects that all sandboxes of the programs were removed completely. */
  async expectNothingToSweep(): Promise<void> {
    await Promise.all(this.#disposals);
    expect(await this.testRuntime.runtime.sweep()).toBe(0);
  }

  async #run(container: Container, program: Attack): Promise<Outcome> {
    const { name, text, timeoutMs, where, runBy } = program;
    await container.writeFile('reader', name, text);
    const argv = [runBy, name, ...program.arguments.map((key) => this.#argument(key))];
    if (where === 'terminal') return await runInTerminal(container, argv, timeoutMs, OUTPUT_BYTES);
    return await runIn(container, argv, { timeoutMs, outputBytes: OUTPUT_BYTES });
  }

  #argument(key: string): string {
    const argument = this.#given[key];
    if (argument === undefined) throw new Error(`no program can be given ${key}`);
    return argument;
  }

  #judge(program: Attack, outcome: Outcome): void {
    const { ends } = program;
    const said = outcome.stdout + outcome.stderr;
    expect(said.length).toBeLessThanOrEqual(OUTPUT_BYTES);
    expect(brokenIn(said, program, this.testRuntime.runtime.isKernelShared)).toEqual([]);
    if (ends === 'timeout' || ends === 'output') expect(outcome).toMatchObject({ cut: ends });
    else if (ends !== 'any') expect(outcome, said).toMatchObject({ exitCode: Number(ends) });
    if (ends === 'output') expect(said.length).toBe(OUTPUT_BYTES);
    const isKilled = outcome.cut !== undefined || outcome.exitCode > 128;
    if (ends === '0' || (ends === 'any' && !isKilled)) expect(said, 'it came to a verdict').toMatch(/^(held|BROKEN)/m);
  }

  /** Expects that the program may end its sandbox, and that the sandbox was lost because memory ran out. */
  async #expectToHaveRunOut(container: Container, { mayTakeSandbox }: Attack): Promise<void> {
    const { isKernelShared } = this.testRuntime.runtime;
    expect(isKernelShared ? mayTakeSandbox.kernel : mayTakeSandbox.gvisor, 'the sandbox may be lost').toBe(true);
    if (isKernelShared)
      expect((await container.usage()).oomKills, 'the program, and then another').toBeGreaterThanOrEqual(2);
  }

  async #expectNothingLeft(container: Container, answers: boolean | string, most: number): Promise<void> {
    expect(answers, 'the engine answers afterwards').toBe(true);
    // With a kernel of its own, only that kernel can tell the program's processes and threads from the container's.
    if (this.testRuntime.runtime.isKernelShared)
      await expect
        .poll(async () => (await container.usage()).processes, { timeout: SETTLED_MS, interval: LOOK_MS })
        .toBeLessThanOrEqual(most);
    const next = await runIn(container, ['python', '-c', COUNT]);
    expect(next, 'the next run').toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^0 \d+ \d+\n$/) as string,
    });
    expect(Number(next.stdout.split(' ')[1]), 'nothing is left inside').toBeLessThanOrEqual(most);
    expect(Number(next.stdout.split(' ')[2]), 'no sockets are left').toBeLessThanOrEqual(SOCKETS);
  }
}

/** Returns what `ask` does, or `lost` when that fails because the sandbox or its engine has ended. */
async function ifNotLost<T>(container: Container, ask: () => Promise<T>): Promise<T | 'lost'> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'sandbox-lost') return 'lost';
    if (failure instanceof DatabaseError && (await within(LOST_SOON_MS, container.engineEnded))) return 'lost';
    throw failure;
  }
}
