/** The right to have one live sandbox on this machine. Releasing it again has no effect. */
export interface Slot {
  release(): void;
}

/** Readers who wait for a slot. */
interface SlotQueue {
  /** How many of them have none yet. */
  readonly waiting: number;
  /** Hands the first of them a slot that has become free. */
  serve(): void;
}

/**
 * The slots of this machine. Take one before any work, and release it in the same place whatever happens. While readers
 * wait, every free slot goes to the first of them.
 */
export class Slots {
  readonly total: number;
  #taken = 0;
  #queue: SlotQueue | undefined;

  constructor(total: number) {
    this.total = total;
  }

  get free(): number {
    return this.total - this.#taken;
  }

  /** How many readers wait for a slot. */
  get waiting(): number {
    return this.#queue?.waiting ?? 0;
  }

  /** From now on, lets this queue have the slots first. */
  giveFirstTo(queue: SlotQueue): void {
    this.#queue = queue;
  }

  /** Takes a slot. Returns undefined when none is free, or somebody waits for it. */
  take(): Slot | undefined {
    return this.waiting > 0 ? undefined : this.takeForQueue();
  }

  /** Takes a slot for the first in the queue. Returns undefined when none is free. */
  takeForQueue(): Slot | undefined {
    if (this.free <= 0) return undefined;
    this.#taken += 1;
    let held = true;
    return {
      release: () => {
        if (!held) return;
        held = false;
        this.#taken -= 1;
        this.#queue?.serve();
      },
    };
  }
}
