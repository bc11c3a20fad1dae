/** Far more than a person types or a page answers; each costs us a little, however small. */
const MOST_MESSAGES = 500;
const SPAN_MS = 50;

/** A client that can be made to wait. */
interface Pausable {
  pause(): void;
  resume(): void;
}

/** Has a client wait that sends messages faster than anybody needs: a network's read holds ten thousand of them. */
export class MessagePace {
  readonly #client: Pausable;
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #isHeld = false;

  constructor(client: Pausable) {
    this.#client = client;
  }

  /** One more came. */
  count(): void {
    this.#count += 1;
    if (this.#count === MOST_MESSAGES) this.#client.pause();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#count >= MOST_MESSAGES && !this.#isHeld) this.#client.resume();
      this.#count = 0;
    }, SPAN_MS);
  }

  /**
   * Has it wait until `release`, however few it sends: of what nobody takes yet, no more than was read already comes.
   */
  hold(): void {
    this.#isHeld = true;
    this.#client.pause();
  }

  release(): void {
    this.#isHeld = false;
    if (this.#count < MOST_MESSAGES) this.#client.resume();
  }
}
