/** The right to have one live sandbox on this machine. Give it back once; more is harmless. */
export interface Slot {
  release(): void;
}

/** Counts the slots of this machine. Taken before any work; given back in the same place, whatever happens between. */
export class Slots {
  readonly total: number;
  #taken = 0;

  constructor(total: number) {
    this.total = total;
  }

  get free(): number {
    return this.total - this.#taken;
  }

  /** A slot, or undefined when all are taken. */
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
