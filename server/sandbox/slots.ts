/** The right to have one live sandbox on this machine. Releasing it again has no effect. */
export interface Slot {
  release(): void;
}

/** The slots of this machine. Take one before any work, and release it in the same place whatever happens. */
export class Slots {
  readonly total: number;
  #taken = 0;

  constructor(total: number) {
    this.total = total;
  }

  get free(): number {
    return this.total - this.#taken;
  }

  /** Takes a slot. Returns undefined when none is free. */
  take(): Slot | undefined {
    if (this.free <= 0) return undefined;
    this.#taken += 1;
    let held = true;
    return {
      release: () => {
        if (held) this.#taken -= 1;
        held = false;
      },
    };
  }
}
