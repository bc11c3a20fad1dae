import { ClaimRateLimit } from './claim-rate-limit.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';
import type { LostCause, Mode } from '../../shared/protocol.ts';
import type { ClusterContainer } from './cluster-container.ts';
import { Sandbox } from './sandbox.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import type { Slot, Slots } from './slots.ts';
import type { WarmPool } from './warm-pool.ts';
import {
  ADDRESS_HAS_TOO_MANY,
  ADDRESS_MADE_TOO_MANY,
  ALL_IN_USE,
  NO_SUCH_SANDBOX,
  SITE_HAS_TOO_MANY,
  readerHasTooMany,
} from '../sentences/sandbox-sentences.ts';
import {
  SERVER_DRAINS,
  SERVER_DRAINS_AND_HAS_YOURS,
  SERVER_SHUTTING_DOWN,
} from '../sentences/unavailable-sentences.ts';

const REAP_EVERY_MS = 2000;
/** How long a claim waits for the slot of a sandbox that is being removed. */
const LEAVING_MS = 15_000;
/** How long a removed sandbox is remembered, so that its reader can be told why it is gone. */
const REMEMBERED_MS = 10 * 60_000;

/** Readers on pages of one other site may use at most one in this many slots. */
const SHARE_OF_SITE = 2;

/** Who sends a request: the reader of its cookie or token, and its network address. */
export interface Owner {
  reader: string;
  address: string;
  /** The origin of the other site whose page the reader is on; absent on this site. */
  origin?: string;
}

/** The limits on this server's sandboxes. */
export interface SandboxPolicy extends SandboxLimits {
  sandboxesPerReader: number;
  sandboxesPerAddress: number;
  /** How many new sandboxes one network address may get per minute. */
  newPerMinute: number;
}

interface Entry {
  sandbox: Sandbox;
  owner: Owner;
  slot: Slot;
  /** The removal, once it has begun. */
  removing?: Promise<void>;
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
  /** Removals in progress; each frees a slot. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #reaper: NodeJS.Timeout;
  readonly #rate: ClaimRateLimit;
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
    this.#rate = new ClaimRateLimit(policy.newPerMinute);
    this.#reaper = setInterval(() => this.#reap(), REAP_EVERY_MS).unref();
  }

  /** Returns the owner's sandbox of that mode, or a new one. Throws AppError `full` when no slot is free. */
  async claim(owner: Owner, mode: Mode): Promise<{ sandbox: Sandbox; isNew: boolean }> {
    const own = [...this.#entries.values()].find(
      (entry) => entry.owner.reader === owner.reader && entry.sandbox.mode === mode && !entry.sandbox.cause,
    );
    if (own) return { sandbox: own.sandbox, isNew: false };
    const key = `${owner.reader} ${mode}`;
    const underWay = this.#starting.get(key);
    if (underWay) return { sandbox: await underWay.made, isNew: false };
    if (this.#drained)
      throw new AppError('unavailable', this.holdsAny(owner) ? SERVER_DRAINS_AND_HAS_YOURS : SERVER_DRAINS);
    this.#refuseTooMany(owner);
    if (!this.#rate.allow(owner.address))
      throw new AppError('full', ADDRESS_MADE_TOO_MANY, { limit: 'new-of-address' });
    const made = this.#make(owner, mode);
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
    return entry.sandbox;
  }

  /** Removes a sandbox and frees its slot. Rejects when its container could not be removed. */
  async remove(sandbox: Sandbox, cause: LostCause): Promise<void> {
    const entry = this.#entries.get(sandbox.id);
    if (entry) await this.#remove(entry, cause);
  }

  #remove(entry: Entry, cause: LostCause): Promise<void> {
    if (entry.removing) return entry.removing;
    const removing = entry.sandbox.close(cause).finally(() => {
      entry.goneMs = Date.now();
      entry.slot.release();
      this.#pool.refill();
    });
    entry.removing = removing;
    const settled = removing.catch(() => undefined).finally(() => this.#leaving.delete(settled));
    this.#leaving.add(settled);
    return removing;
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
    for (const { sandbox } of this.#entries.values()) if (endsAtMs !== undefined) sandbox.endsAtMs = endsAtMs;
    this.#noteIfEmpty();
    return this.#drained.promise;
  }

  #noteIfEmpty(): void {
    if (this.#leaving.size === 0 && this.#owners().length === 0) this.#drained?.resolve();
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

  /** The mode of each claim that waits for its sandbox. */
  get waiting(): readonly Mode[] {
    return [...this.#starting.values()].map(({ mode }) => mode);
  }

  /** Ends all sandboxes. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#reaper);
    await Promise.allSettled([...this.#starting.values()].map(({ made }) => made));
    await Promise.all([...this.#entries.values()].map((entry) => this.#discard(entry, 'shutdown')));
  }

  #refuseTooMany(owner: Owner): void {
    const all = this.#owners();
    if (all.filter(({ reader }) => reader === owner.reader).length >= this.#policy.sandboxesPerReader) {
      throw new AppError('full', readerHasTooMany(this.#policy.sandboxesPerReader), { limit: 'sandboxes-of-reader' });
    }
    if (all.filter(({ address }) => address === owner.address).length >= this.#policy.sandboxesPerAddress) {
      throw new AppError('full', ADDRESS_HAS_TOO_MANY, { limit: 'sandboxes-of-address' });
    }
    if (
      owner.origin !== undefined &&
      all.filter(({ origin }) => origin === owner.origin).length >= Math.ceil(this.#slots.total / SHARE_OF_SITE)
    ) {
      throw new AppError('full', SITE_HAS_TOO_MANY, { limit: 'sandboxes-of-site' });
    }
  }

  async #make(owner: Owner, mode: Mode): Promise<Sandbox> {
    if (this.#closed) throw new AppError('unavailable', SERVER_SHUTTING_DOWN);
    const beginMs = performance.now();
    const warm = this.#pool.take(mode);
    const { container, slot } = warm ?? (await this.#start(mode));
    const sandbox = new Sandbox(container, this.#policy, this.#report);
    const entry: Entry = { sandbox, owner, slot };
    this.#entries.set(sandbox.id, entry);
    this.#report({ type: 'claimed', mode, from: warm ? 'pool' : 'new', waitedMs: performance.now() - beginMs });
    void sandbox.closing.then((cause) => (entry.removing ? undefined : this.#discard(entry, cause)));
    return sandbox;
  }

  async #start(mode: Mode): Promise<{ container: ClusterContainer; slot: Slot }> {
    let slot = this.#slots.take();
    if (!slot && (await this.#pool.giveUpOne())) slot = this.#slots.take();
    slot ??= await this.#slotOfLeaving();
    if (!slot) throw new AppError('full', ALL_IN_USE, { limit: 'slots' });
    try {
      return { container: await this.#open(mode), slot };
    } catch (cause) {
      slot.release();
      throw cause;
    }
  }

  /** Waits for the slot of a sandbox that is being removed. Returns undefined when there is none or others took it. */
  async #slotOfLeaving(): Promise<Slot | undefined> {
    const deadlineMs = performance.now() + LEAVING_MS;
    let slot: Slot | undefined;
    for (
      let leftMs = LEAVING_MS;
      !slot && this.#leaving.size > 0 && leftMs > 0;
      leftMs = deadlineMs - performance.now()
    ) {
      await within(leftMs, Promise.race(this.#leaving));
      slot = this.#slots.take();
    }
    return slot;
  }

  #reap(): void {
    const nowMs = Date.now();
    for (const [id, entry] of this.#entries) {
      if (entry.goneMs !== undefined) {
        if (nowMs - entry.goneMs > REMEMBERED_MS) this.#entries.delete(id);
      } else if (!entry.removing && entry.sandbox.isExpired(nowMs)) {
        void this.#discard(entry, 'expired');
      }
    }
    this.#pool.refill();
    this.#noteIfEmpty();
  }
}
