/** An outage shorter than this is not shown, in milliseconds. */
const UNSHOWN_MS = 1000;
/** After this many failed attempts, ask whether the cluster still exists. */
const LOOK_AFTER = 2;

/** What an outage triggers. */
interface OutageActions {
  /** Tells the reader that the connection is broken. */
  show: () => void;
  /** Asks whether the cluster still exists. */
  look: () => void;
}

/** An outage of a terminal's connection, from the first failed attempt until it is back. */
export class Outage {
  readonly #actions: OutageActions;
  #failures = 0;
  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor(actions: OutageActions) {
    this.#actions = actions;
  }

  get isUnderWay(): boolean {
    return this.#failures > 0;
  }

  /** An attempt to reconnect failed. */
  fail(): void {
    this.#failures += 1;
    if (this.#failures === LOOK_AFTER) this.#actions.look();
    if (this.#failures > 1) return;
    this.hush();
    this.#showing = setTimeout(this.#actions.show, UNSHOWN_MS);
  }

  /** Cancels the notice, because something else is to be said. */
  hush(): void {
    clearTimeout(this.#showing);
  }

  /** The connection is back, or no longer wanted. */
  end(): void {
    this.hush();
    this.#failures = 0;
  }
}
