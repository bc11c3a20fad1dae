import { MODES } from '../../shared/modes.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { ClusterContainer } from './cluster-container.ts';
import { fixedSize, type PoolSize, type Sizes } from './pool-size.ts';
import type { Slot, Slots } from './slots.ts';

const RETRY_MS = 5000;

/** A running cluster and the slot that it holds. */
export interface Warm {
  container: ClusterContainer;
  slot: Slot;
}

/**
 * Running clusters that wait for readers, per mode. It is refilled one at a time, and not while `isBusy` returns true.
 * What is being started then goes to the next reader of its mode.
 */
export class WarmPool {
  readonly #open: (mode: Mode) => Promise<ClusterContainer>;
  readonly #slots: Slots;
  readonly #wanted: PoolSize;
  readonly #isBusy: () => boolean;
  readonly #report: Report;
  readonly #warm: Record<Mode, Warm[]> = { secure: [], insecure: [] };
  #filling: Promise<void> | undefined;
  /** What is being started for nobody. */
  #starting: { mode: Mode; made: Promise<Warm> } | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  /** `wanted` may be a number, which means so many of each mode. */
  constructor(
    open: (mode: Mode) => Promise<ClusterContainer>,
    slots: Slots,
    wanted: PoolSize | number,
    isBusy: () => boolean,
    report: Report = log,
  ) {
    this.#report = report;
    this.#open = open;
    this.#slots = slots;
    this.#wanted = typeof wanted === 'number' ? fixedSize(wanted) : wanted;
    this.#isBusy = isBusy;
  }

  /** Adds a cluster, which then waits for a reader. */
  add(warm: Warm): void {
    const list = this.#warm[warm.container.mode];
    list.push(warm);
    void warm.container.lost.then(async () => {
      const at = list.indexOf(warm);
      if (at >= 0) list.splice(at, 1);
      else return;
      await warm.container
        .dispose()
        .catch((cause: unknown) => this.#report({ type: 'not-removed', what: 'warm cluster', cause }));
      warm.slot.release();
      this.refill();
    });
  }

  /** How many clusters wait. */
  get size(): number {
    return MODES.reduce((sum, mode) => sum + this.#warm[mode].length, 0);
  }

  /** The waiting clusters. */
  get clusters(): readonly ClusterContainer[] {
    return MODES.flatMap((mode) => this.#warm[mode].map(({ container }) => container));
  }

  /** Removes a cluster of that mode from the pool and returns it, or undefined when there is none. */
  take(mode: Mode): Warm | undefined {
    return this.#warm[mode].shift();
  }

  /** Notes that a reader has asked for a new cluster of that mode, so that more of them will wait. */
  noteWish(mode: Mode): void {
    this.#wanted.noteWish(mode);
  }

  /**
   * Returns the cluster of that mode that is being started, once it has been. Undefined when there is none, or when it
   * does not start.
   */
  async takeStarting(mode: Mode): Promise<Warm | undefined> {
    if (this.#starting?.mode !== mode) return undefined;
    const { made } = this.#starting;
    this.#starting = undefined;
    return await made.catch(() => undefined);
  }

  /** Ends a waiting cluster, to free its slot for another. Returns false when there is none. */
  async giveUpOne(): Promise<boolean> {
    const mode = this.#wanted.spare(this.#sizes);
    const warm = mode && this.#warm[mode].shift();
    if (!warm) return false;
    await warm.container.dispose().finally(() => warm.slot.release());
    return true;
  }

  /** Starts missing clusters in the background. Call it when one was taken, a slot became free, or a run has ended. */
  refill(): void {
    if (this.#filling || this.#closed) return;
    this.#filling = this.#fill().finally(() => {
      this.#filling = undefined;
    });
  }

  /** Ends all waiting clusters. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#filling;
    while (await this.giveUpOne());
  }

  get #sizes(): Sizes {
    return { secure: this.#warm.secure.length, insecure: this.#warm.insecure.length };
  }

  async #giveUpAnother(): Promise<void> {
    await this.giveUpOne().catch((cause: unknown) =>
      this.#report({ type: 'not-removed', what: 'warm cluster', cause }),
    );
  }

  async #fill(): Promise<void> {
    if (this.#wanted.isTight()) await this.#giveUpAnother();
    for (;;) {
      const mode = this.#closed || this.#isBusy() ? undefined : this.#wanted.next(this.#sizes);
      const slot = mode && this.#slots.take();
      if (!slot) return;
      const starting = { mode, made: this.#open(mode).then((container) => ({ container, slot })) };
      this.#starting = starting;
      try {
        const warm = await starting.made;
        if (this.#starting === starting) this.add(warm);
      } catch (cause) {
        slot.release();
        this.#report({ type: 'warm-cluster-not-started', cause });
        this.#retry = setTimeout(() => this.refill(), RETRY_MS);
        return;
      } finally {
        this.#starting = undefined;
      }
    }
  }
}
