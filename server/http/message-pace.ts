/** The most messages in one span: far more than a person types or a page sends. Each costs the server some work. */
const MAX_MESSAGES = 500;
const SPAN_MS = 50;

/** A client that can be made to wait. */
interface Pausable {
  pause(): void;
  resume(): void;
}

/** Pauses a client that sends too many messages: one read from the network can contain ten thousand. */
export class MessagePace {
  readonly #client: Pausable;
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #isHeld = false;

  constructor(client: Pausable) {
    this.#client = client;
  }

  /** Counts one message. */
  count(): void {
    this.#count += 1;
    if (this.#count === MAX_MESSAGES) this.#client.pause();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#count >= MAX_MESSAGES && !this.#isHeld) this.#client.resume();
      this.#count = 0;
    }, SPAN_MS);
  }

  /**
   * Pauses the client until `release`, while its messages cannot be processed yet. Those already read still arrive.
   */
  hold(): void {
    this.#isHeld = true;
    this.#client.pause();
  }

  /** Resumes the client, unless it has sent too many messages. */
  release(): void {
    this.#isHeld = false;
    if (this.#count < MAX_MESSAGES) this.#client.resume();
  }
}
