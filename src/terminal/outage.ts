/** A line that is broken no longer than this is not told of, milliseconds. */
const UNTOLD_MS = 1000;
/** Attempts that failed after which the cluster itself is asked for. */
const LOOK_AFTER = 2;

/** What is done about an outage. */
interface OutageActions {
  /** Tells the reader that the line is broken. */
  tell: () => void;
  /** Asks whether the cluster still exists. */
  look: () => void;
}

/** A time in which the line to a terminal is broken: from the first attempt that failed until it is back. */
export class Outage {
  readonly #actions: OutageActions;
  #failures = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(actions: OutageActions) {
    this.#actions = actions;
  }

  get isUnderWay(): boolean {
    return this.#failures > 0;
  }

  /** An attempt to bring the line back failed. */
  fail(): void {
    this.#failures += 1;
    if (this.#failures === LOOK_AFTER) this.#actions.look();
    if (this.#failures > 1) return;
    this.hush();
    this.#telling = setTimeout(this.#actions.tell, UNTOLD_MS);
  }

  /** Does not tell of it any more: something else is to be said. */
  hush(): void {
    clearTimeout(this.#telling);
  }

  /** The line is back, or nobody wants it back. */
  end(): void {
    this.hush();
    this.#failures = 0;
  }
}
