import { AppError } from '../errors.ts';
import { quotasOf } from '../quota.ts';
import { RateLimit } from '../rate-limit.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { LostCause, Mode } from '../../shared/protocol.ts';
import type { ClusterContainer } from './cluster-container.ts';
import type { Owner } from './owner.ts';
import { refuseTooMany, type OwnerLimits } from './owner-limits.ts';
import { Queue, placeKey, type Patience, type Turn } from './queue.ts';
import { Sandbox } from './sandbox.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import type { Slot, Slots } from './slots.ts';
import type { WarmPool } from './warm-pool.ts';
import { ALL_IN_USE, NO_SUCH_SANDBOX } from '../sentences/sandbox-sentences.ts';
import {
  SERVER_DRAINS,
  SERVER_DRAINS_AND_HAS_YOURS,
  SERVER_SHUTTING_DOWN,
} from '../sentences/unavailable-sentences.ts';

const REAP_EVERY_MS = 2000;
/** How long a sandbox whose reader has left is kept while others wait for a slot: a page may only be reloading. */
const AWAY_WHEN_WANTED_MS = 10_000;
/** How long a removed sandbox is remembered, so that its reader can be told why it is gone. */
const REMEMBERED_MS = 10 * 60_000;

/** The limits on this server's sandboxes. */
export interface SandboxPolicy extends SandboxLimits, OwnerLimits {
  /** How many new sandboxes one reader and one network address may get per minute. */
  newPerMinute: number;
}

interface Entry {
  sandbox: Sandbox;
  owner: Owner;
  slot: Slot;
  /** The removal, once it has begun. */
  removing?: Promise<void>;
  /** By `performance.now`. */
  goneMs?: number;
}

/** The table of live sandboxes, the single source of truth: who owns them, when they end, and which slots they hold. */
export class SandboxTable {
  readonly #open: (mode: Mode) => Promise<ClusterContainer>;
  readonly #slots: Slots;
  readonly #pool: WarmPool;
  readonly #policy: SandboxPolicy;
  readonly #report: Report;
  readonly #entries = new Map<string, Entry>();
  readonly #starting = new Map<string, { owner: Owner; mode: Mode; made: Promise<Sandbox> }>();
  readonly #queue: Queue;
  readonly #reaper: NodeJS.Timeout;
  readonly #rate = new RateLimit('new clusters', 'new-sandboxes');
  /** Set once no new sandboxes are made; see `drain`. */
  #drained: PromiseWithResolvers<void> | undefined;
  #closed = false;

  constructor(
    open: (mode: Mode) => Promise<ClusterContainer>,
    slots: Slots,
    pool: WarmPool,
    policy: SandboxPolicy,
    report: Report = log,
  ) {
    this.#report = report;
    this.#open = open;
    this.#slots = slots;
    this.#pool = pool;
    this.#policy = policy;
    this.#queue = new Queue(slots, pool, () => this.#leaving, report);
    this.#reaper = setInterval(() => this.#reap(), REAP_EVERY_MS).unref();
  }

  /**
   * Returns the owner's sandbox of that mode, or a new one. Throws AppError `full` with the owner's place in the queue
   * when no slot is free.
   */
  async claim(owner: Owner, mode: Mode, patience: Patience = {}): Promise<{ sandbox: Sandbox; isNew: boolean }> {
    const own = [...this.#entries.values()].find(
      (entry) => entry.owner.reader === owner.reader && entry.sandbox.mode === mode && !entry.sandbox.cause,
    );
    if (own) {
      own.sandbox.presence.use();
      return { sandbox: own.sandbox, isNew: false };
    }
    const key = placeKey(owner, mode);
    const underWay = this.#starting.get(key);
    if (underWay) return { sandbox: await underWay.made, isNew: false };
    if (this.#closed) throw new AppError('unavailable', SERVER_SHUTTING_DOWN);
    if (this.#drained)
      throw new AppError('unavailable', this.holdsAny(owner) ? SERVER_DRAINS_AND_HAS_YOURS : SERVER_DRAINS);
    if (patience.isPatient === false && this.#isFull) throw new AppError('full', ALL_IN_USE);
    if (!this.#queue.has(key)) this.#admit(owner);
    const made = this.#make(owner, mode, patience);
    this.#starting.set(key, { owner, mode, made });
    try {
      return { sandbox: await made, isNew: true };
    } finally {
      this.#starting.delete(key);
      this.#pool.refill();
    }
  }

  /** Returns the owner's sandbox with that id, live or gone. Throws AppError `not-found`, also for another reader's. */
  find(owner: Owner, id: string): Sandbox {
    const entry = this.#entries.get(id);
    if (entry?.owner.reader !== owner.reader) throw new AppError('not-found', NO_SUCH_SANDBOX);
    entry.sandbox.presence.use();
    return entry.sandbox;
  }

  /** Removes a sandbox and frees its slot. Whether everything of its container could be removed is only reported. */
  async remove(sandbox: Sandbox, cause: LostCause): Promise<void> {
    const entry = this.#entries.get(sandbox.id);
    if (entry) await this.#discard(entry, cause);
  }

  #remove(entry: Entry, cause: LostCause): Promise<void> {
    entry.removing ??= entry.sandbox.close(cause).finally(() => {
      entry.goneMs = performance.now();
      this.#queue.turnover.end();
      entry.slot.release();
      this.#pool.refill();
    });
    return entry.removing;
  }

  /** How many removals are in progress, each of which frees a slot. */
  get #leaving(): number {
    return [...this.#entries.values()].filter(({ removing, goneMs }) => removing && goneMs === undefined).length;
  }

  /** Removes a sandbox and reports a failure. What is left then is removed by the runtime's next sweep. */
  async #discard(entry: Entry, cause: LostCause): Promise<void> {
    await this.#remove(entry, cause).catch((failure: unknown) =>
      this.#report({ type: 'not-removed', what: 'sandbox', id: entry.sandbox.id, cause: failure }),
    );
  }

  /** Whether a reader is waiting for a cluster or running something, so that no spare clusters should be started. */
  isBusy(): boolean {
    return (
      this.#starting.size > 0 || [...this.#entries.values()].some(({ sandbox }) => sandbox.info().state === 'running')
    );
  }

  /** Whether the owner has a live sandbox here, in any mode, or is getting one. */
  holdsAny({ reader }: Owner): boolean {
    return this.#owners().some((owner) => owner.reader === reader);
  }

  /**
   * Makes no more sandboxes from now on, and resolves when the last one has ended. Until then, readers keep and use
   * what they have. `endsAtMs` is when the rest will be ended, epoch milliseconds; readers are told. Idempotent.
   */
  drain(endsAtMs?: number): Promise<void> {
    this.#drained ??= Promise.withResolvers();
    this.#queue.close(SERVER_DRAINS);
    for (const { sandbox } of this.#entries.values()) if (endsAtMs !== undefined) sandbox.endsAtMs = endsAtMs;
    this.#noteIfEmpty();
    return this.#drained.promise;
  }

  #noteIfEmpty(): void {
    if (this.#leaving === 0 && this.#owners().length === 0) this.#drained?.resolve();
  }

  /** Returns the owners of all live sandboxes, and of those that are being made. */
  #owners(): Owner[] {
    return [
      ...[...this.#entries.values()].filter(({ sandbox }) => !sandbox.cause).map((entry) => entry.owner),
      ...[...this.#starting.values()].map((entry) => entry.owner),
    ];
  }

  /** The live sandboxes. */
  get live(): readonly Sandbox[] {
    return [...this.#entries.values()].map(({ sandbox }) => sandbox).filter(({ cause }) => !cause);
  }

  /** The mode for which each reader waits, in the queue or while a cluster is started. */
  get waiting(): readonly Mode[] {
    const queued = this.#queue.places.filter(({ key }) => !this.#starting.has(key));
    return [...this.#starting.values(), ...queued].map(({ mode }) => mode);
  }

  /** Ends all sandboxes. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#reaper);
    this.#queue.close(SERVER_SHUTTING_DOWN);
    await Promise.allSettled([...this.#starting.values()].map(({ made }) => made));
    await Promise.all([...this.#entries.values()].map((entry) => this.#discard(entry, 'shutdown')));
  }

  /** Whether a claim would have to wait. */
  get #isFull(): boolean {
    const { free, waiting } = this.#slots;
    return waiting > 0 || (free === 0 && this.#pool.size === 0 && this.#leaving === 0);
  }

  /** Counts a reader who wants a new sandbox. Throws AppError when they may not have one. */
  #admit(owner: Owner): void {
    const queued = this.#queue.places.filter(({ key }) => !this.#starting.has(key)).map((place) => place.owner);
    refuseTooMany(owner, [...this.#owners(), ...queued], this.#slots.total, this.#policy);
    const most = this.#policy.newPerMinute;
    this.#rate.take(quotasOf(owner, { reader: most, address: most }));
  }

  async #make(owner: Owner, mode: Mode, patience: Patience): Promise<Sandbox> {
    const turn = await this.#queue.turn(owner, mode, patience);
    this.#pool.noteWish(mode);
    const container = await this.#containerFor(turn, mode);
    const sandbox = new Sandbox(container, this.#policy, this.#report);
    const entry: Entry = { sandbox, owner, slot: turn.slot };
    this.#entries.set(sandbox.id, entry);
    this.#queue.turnover.begin();
    const from = turn.hasQueued ? 'queue' : turn.container ? 'pool' : 'new';
    this.#report({ type: 'claimed', mode, from, waitedMs: performance.now() - turn.sinceMs });
    void sandbox.closing.then((cause) => (entry.removing ? undefined : this.#discard(entry, cause)));
    return sandbox;
  }

  /**
   * Returns the cluster of a turn. When it has none, it gets the one that the pool is starting, or a new one. Releases
   * the slot when that fails.
   */
  async #containerFor({ container, slot }: Turn, mode: Mode): Promise<ClusterContainer> {
    if (container) return container;
    try {
      const started = await this.#pool.takeStarting(mode);
      started?.slot.release();
      return started?.container ?? (await this.#open(mode));
    } catch (cause) {
      slot.release();
      throw cause;
    }
  }

  #reap(): void {
    const nowMs = performance.now();
    for (const [id, entry] of this.#entries) {
      if (entry.goneMs !== undefined) {
        if (nowMs - entry.goneMs > REMEMBERED_MS) this.#entries.delete(id);
      } else if (!entry.removing && entry.sandbox.isExpired) {
        void this.#discard(entry, 'expired');
      }
    }
    this.#takeBack();
    this.#pool.refill();
    this.#noteIfEmpty();
  }

  /** Removes the sandboxes of readers who have left; as many as are wanted sooner, when others wait. */
  #takeBack(): void {
    const away = [...this.#entries.values()]
      .filter(({ removing }) => !removing)
      .map((entry) => ({ entry, awayMs: entry.sandbox.presence.awayMs ?? 0 }))
      .sort((a, b) => b.awayMs - a.awayMs);
    let wanted = this.#slots.waiting - this.#leaving;
    for (const { entry, awayMs } of away) {
      const isWanted = wanted > 0 && awayMs >= AWAY_WHEN_WANTED_MS;
      if (awayMs < this.#policy.awayMs && !isWanted) return;
      wanted -= 1;
      void this.#discard(entry, 'left');
    }
  }
}
