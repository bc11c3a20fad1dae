/** How long to wait for a prompt after the first output, in milliseconds. Some programs show no prompt. */
export const PROMPT_MS = 1500;
/** How long to wait for any output, in milliseconds. */
export const OUTPUT_MS = 5000;
/** Matches the text before the cursor when a program waits for input. */
const PROMPT = /[$>%:?] ?$/;

/**
 * Holds back what the reader types before a new program waits for it. Otherwise it would appear twice: echoed first by
 * the terminal and then by the program. It is sent once a prompt is seen, or after a deadline.
 */
export class EarlyInput {
  readonly #send: (text: string) => void;
  #text = '';
  #isHeld = false;
  #hasOutput = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Starts to hold input, before a program begins. */
  hold(): void {
    clearTimeout(this.#timer);
    this.#isHeld = true;
    this.#hasOutput = false;
  }

  /** The program has begun: starts the deadline for its output. */
  begin(): void {
    this.hold();
    this.#wait(OUTPUT_MS);
  }

  type(text: string): void {
    if (this.#isHeld) this.#text += text;
    else this.#send(text);
  }

  /** The screen has changed; `line` is the text before the cursor. */
  note(line: string): void {
    if (!this.#isHeld) return;
    if (PROMPT.test(line)) return this.release();
    if (!this.#hasOutput) this.#wait(PROMPT_MS);
    this.#hasOutput = true;
  }

  /** Stops holding, and sends what was held. */
  release(): void {
    clearTimeout(this.#timer);
    this.#isHeld = false;
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#send(text);
  }

  /** Drops what was held, because the program has ended. */
  drop(): void {
    this.#text = '';
    this.release();
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.release(), ms);
  }
}
