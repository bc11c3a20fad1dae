/** Enter, Ctrl-C and Ctrl-D. */
const ENDING = /[\r\x03\x04]/;
/** Matches the prompt of a shell, the SQL shell or another program that reads lines. */
export const PROMPT = /[$>#] $/;
/** How long to wait after the prompt, in milliseconds: several lines at once count as one command. */
export const SETTLE_MS = 200;

/** Calls a function when the reader's command has ended, as far as the screen shows it: when the prompt is back. */
export class CommandEnd {
  readonly #ended: () => void;
  #isDue = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ended: () => void) {
    this.#ended = ended;
  }

  /** The reader typed a text. */
  typed(text: string): void {
    if (ENDING.test(text)) this.#isDue = true;
  }

  /** The screen has changed; `line` is the text before the cursor. */
  shown(line: string): void {
    clearTimeout(this.#timer);
    if (this.#isDue && PROMPT.test(line)) this.#timer = setTimeout(() => this.#end(), SETTLE_MS);
  }

  /** The program has ended, and with it the command. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#isDue) this.#end();
  }

  #end(): void {
    this.#isDue = false;
    this.#ended();
  }
}
