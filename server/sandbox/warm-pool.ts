import { MODES } from '../../shared/modes.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { ClusterContainer } from './cluster-container.ts';
import type { Slot, Slots } from './slots.ts';

const RETRY_MS = 5000;

/** A running cluster and the slot that it holds. */
export interface Warm {
  container: ClusterContainer;
  slot: Slot;
}

/**
 * Running clusters that wait for readers, per mode. It is refilled one at a time, and not while `isBusy` returns true.
 */
export class WarmPool {
  readonly #open: (mode: Mode) => Promise<ClusterContainer>;
  readonly #slots: Slots;
  readonly #perMode: number;
  readonly #isBusy: () => boolean;
  readonly #report: Report;
  readonly #warm: Record<Mode, Warm[]> = { secure: [], insecure: [] };
  #filling: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    open: (mode: Mode) => Promise<ClusterContainer>,
    slots: Slots,
    perMode: number,
    isBusy: () => boolean,
    report: Report = log,
  ) {
    this.#report = report;
    this.#open = open;
    this.#slots = slots;
    this.#perMode = perMode;
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

  /** Ends a waiting cluster, to free its slot for another. Returns false when there is none. */
  async giveUpOne(): Promise<boolean> {
    const warm = this.take('secure') ?? this.take('insecure');
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

  async #fill(): Promise<void> {
    for (;;) {
      const mode = MODES.find((one) => this.#warm[one].length < this.#perMode);
      if (mode === undefined || this.#closed || this.#isBusy()) return;
      const slot = this.#slots.take();
      if (!slot) return;
      try {
        this.add({ container: await this.#open(mode), slot });
      } catch (cause) {
        slot.release();
        this.#report({ type: 'warm-cluster-not-started', cause });
        this.#retry = setTimeout(() => this.refill(), RETRY_MS);
        return;
      }
    }
  }
}
