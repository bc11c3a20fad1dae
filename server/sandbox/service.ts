import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { Runtime } from '../oci/runtime.ts';
import { CleanUpStack } from '../process/clean-up-stack.ts';
import type { Health, LostCause, Mode } from '../../shared/protocol.ts';
import { CertificateStock } from './certificate-stock.ts';
import {
  createContainer,
  startClusterContainer,
  type ClusterContainer,
  type Prerequisites,
} from './cluster-container.ts';
import { figuresOf, NO_FIGURES, type Figures } from './figures.ts';
import { adaptiveSizeHere } from './adaptive-size.ts';
import type { Sandbox } from './sandbox.ts';
import type { Owner } from './owner.ts';
import type { Patience } from './queue.ts';
import { SandboxTable, type SandboxPolicy } from './sandbox-table.ts';
import { selfTest, type SelfTest } from './self-test.ts';
import { Slots } from './slots.ts';
import { Semaphore } from './semaphore.ts';
import { WarmPool } from './warm-pool.ts';
import {
  CANNOT_RUN_CODE,
  SERVER_DRAINS,
  SERVER_SHUTTING_DOWN,
  SERVER_STARTING,
} from '../sentences/unavailable-sentences.ts';
import { NO_SUCH_SANDBOX } from '../sentences/sandbox-sentences.ts';

/** The only resource that may be unlimited, as `Health` names it. */
const UNLIMITED = 'reading from disk';

/** The limits of the service. */
export interface ServicePolicy extends SandboxPolicy {
  maxSlots: number;
  warmPerMode: number | 'auto';
  /** The most sets of certificates to make ahead. */
  certificatesAhead: number;
}

interface Started {
  prerequisites: Prerequisites;
  found: SelfTest;
  slots: Slots;
  pool: WarmPool;
  stock: CertificateStock;
  sandboxes: SandboxTable;
}

/**
 * Readers' sandboxes. Until the self-test has passed, and if it fails, every claim is refused with the reason.
 */
export class Service {
  readonly #id = randomBytes(6).toString('hex');
  #started: Started | undefined;
  #reason = SERVER_STARTING;
  #reasonForOperator = this.#reason;
  #runtime: Runtime | undefined;
  #starting: Promise<unknown> | undefined;
  #closed: Promise<void> | undefined;
  #drains = false;
  /** Undoes what `start` has done. */
  readonly #undo = new CleanUpStack();
  readonly #report: Report;

  constructor(report: Report = log) {
    this.#report = report;
  }

  /**
   * Tests one sandbox and then accepts readers. Returns the result of the self-test, or undefined when it failed; the
   * failure becomes the reason why claims are refused. Never throws.
   */
  start(open: () => Promise<Prerequisites>, policy: ServicePolicy): Promise<SelfTest | undefined> {
    const starting = this.#start(open, policy);
    this.#starting = starting;
    return starting;
  }

  async #start(open: () => Promise<Prerequisites>, policy: ServicePolicy): Promise<SelfTest | undefined> {
    try {
      const prerequisites = await open();
      this.#runtime = prerequisites.runtime;
      this.#undo.defer(() => prerequisites.runtime.close());
      this.#refuseWhenClosed();
      const container = await startClusterContainer(prerequisites, 'insecure', { use: 'pool', report: this.#report });
      let isHandedOver = false;
      this.#undo.defer(() => (isHandedOver ? undefined : container.dispose()));
      const found = await selfTest(container, prerequisites.runtime, policy.maxSlots);
      this.#refuseWhenClosed();
      // Starting a cluster keeps a core busy, so starting more at once would only delay all of them.
      const semaphore = new Semaphore(availableParallelism() + 1);
      const isBusy = (): boolean => this.#started?.sandboxes.isBusy() ?? false;
      const stock = new CertificateStock(
        () => createContainer(prerequisites),
        Math.min(policy.certificatesAhead, found.slots),
        () => semaphore.isUsed || isBusy(),
        this.#report,
      );
      this.#undo.defer(() => stock.close());
      const openFor =
        (use: 'reader' | 'pool') =>
        (mode: Mode): Promise<ClusterContainer> =>
          semaphore.run(() => {
            const certificates = mode === 'secure' ? stock.take() : undefined;
            return startClusterContainer(prerequisites, mode, { use, certificates, report: this.#report });
          });
      const slots = new Slots(found.slots);
      const wanted = policy.warmPerMode === 'auto' ? adaptiveSizeHere(found, prerequisites.engine) : policy.warmPerMode;
      const pool = new WarmPool(openFor('pool'), slots, wanted, isBusy, this.#report);
      this.#undo.defer(() => pool.close());
      const sandboxes = new SandboxTable(openFor('reader'), slots, pool, policy, this.#report);
      this.#undo.defer(() => sandboxes.close());
      const slot = slots.take();
      if (slot) {
        pool.add({ container, slot });
        isHandedOver = true;
      }
      this.#started = { prerequisites, found, slots, pool, stock, sandboxes };
      pool.refill();
      return found;
    } catch (cause) {
      this.#turnOff(cause);
      await this.#undo
        .dispose()
        .catch((failure: unknown) => this.#report({ type: 'not-removed', what: 'failed start', cause: failure }));
      return undefined;
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new AppError('unavailable', this.#reason);
  }

  #turnOff(cause: unknown): void {
    if (this.#closed) return;
    const error =
      cause instanceof AppError
        ? cause
        : new AppError('internal', CANNOT_RUN_CODE, {
            forOperator: 'The self-test of the sandbox failed; the log says why.',
            cause,
          });
    this.#reason = error.message;
    this.#reasonForOperator = error.forOperator;
    // Otherwise the operator's sentence already says it.
    if (error.cause !== undefined && (error.forOperator === error.message || error.code === 'internal'))
      this.#report({ type: 'runs-off', cause: error.cause });
  }

  /** Why runs are off, as a sentence for the operator. Must not be shown to readers. */
  get reasonForOperator(): string {
    return this.#reasonForOperator;
  }

  /** Returns whether sandboxes are available, and what they run on. */
  health(): Health {
    if (!this.#started) return { ready: false, reason: this.#reason };
    const { prerequisites, slots } = this.#started;
    const { name, version, standIn } = prerequisites.engine;
    return {
      ...(this.#drains ? { ready: false, draining: true, reason: SERVER_DRAINS } : { ready: true }),
      engine: { name, version, standIn },
      server: this.#id,
      runtime: `${prerequisites.runtime.name} ${prerequisites.runtime.version}`,
      slots: { total: slots.total, free: slots.free },
      ...(prerequisites.runtime.unlimited.size > 0 ? { unlimited: [UNLIMITED] } : {}),
    };
  }

  /** How many more sandboxes readers can have at once; undefined while runs are off. */
  get room(): number | undefined {
    if (!this.#started) return undefined;
    const { slots, pool } = this.#started;
    return slots.free + pool.size - slots.waiting;
  }

  /** Whether it makes no more sandboxes because another server takes its place. */
  get drains(): boolean {
    return this.#drains;
  }

  /** See `SandboxTable.holdsAny`. */
  holdsAny(owner: Owner): boolean {
    return this.#started?.sandboxes.holdsAny(owner) ?? false;
  }

  /**
   * Makes no more sandboxes, and ends those that wait for readers. Resolves when the last reader's has ended; at once
   * while runs are off. See `SandboxTable.drain`.
   */
  async drain(endsAtMs?: number): Promise<void> {
    this.#drains = true;
    if (!this.#started) return;
    const { sandboxes, pool } = this.#started;
    const drained = sandboxes.drain(endsAtMs);
    await pool.close().catch((cause: unknown) => this.#report({ type: 'not-removed', what: 'warm cluster', cause }));
    await drained;
  }

  /** Returns how much of what there is now. */
  figures(): Figures {
    return this.#started ? figuresOf(this.#started) : NO_FIGURES;
  }

  /** Returns the memory of all containers, without those that are ending, bytes. */
  async memoryBytes(): Promise<number> {
    const { sandboxes, pool } = this.#started ?? {};
    const all = await Promise.all(
      [
        ...(sandboxes?.live ?? []).map((sandbox) => sandbox.usedBytes()),
        ...(pool?.clusters ?? []).map(async ({ container }) => (await container.usage()).memoryBytes),
      ].map((bytes) => bytes.catch(() => 0)),
    );
    return all.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** See `SandboxTable.claim`. Throws AppError `unavailable` with the reason while runs are off. */
  async claim(owner: Owner, mode: Mode, patience?: Patience): ReturnType<SandboxTable['claim']> {
    if (!this.#started) throw new AppError('unavailable', this.#reason);
    return await this.#started.sandboxes.claim(owner, mode, patience);
  }

  /** See `SandboxTable.find`. */
  find(owner: Owner, id: string): Sandbox {
    if (!this.#started) throw new AppError('not-found', NO_SUCH_SANDBOX);
    return this.#started.sandboxes.find(owner, id);
  }

  /** See `SandboxTable.remove`. */
  async remove(sandbox: Sandbox, cause: LostCause = 'reset'): Promise<void> {
    await this.#started?.sandboxes.remove(sandbox, cause);
  }

  /** Ends all sandboxes and a start in progress, and removes everything that they have created. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      this.#reason = SERVER_SHUTTING_DOWN;
      this.#reasonForOperator = this.#reason;
      const isStarting = this.#started === undefined;
      this.#started = undefined;
      // Closing the runtime makes a start in progress fail, which then cleans up after itself.
      if (isStarting) await this.#runtime?.close();
      await this.#starting;
      await this.#undo.dispose();
    })();
    return this.#closed;
  }
}
