/** Enter, and the keys that end a program. */
const ENDING = /[\r\x03\x04]/;
/** A shell waits there, its own or that of SQL, or another program that takes lines. */
export const PROMPT = /[$>#] $/;
/** From the prompt on, milliseconds: several lines that come at once are told of as one. */
export const SETTLE_MS = 200;

/** Hears when what a reader entered is done, as far as a terminal shows it: the prompt is back. */
export class CommandEnd {
  readonly #heard: () => void;
  #isDue = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(heard: () => void) {
    this.#heard = heard;
  }

  /** The reader typed that. */
  typed(text: string): void {
    if (ENDING.test(text)) this.#isDue = true;
  }

  /** Something was shown; `line` is what stands before the cursor. */
  shown(line: string): void {
    clearTimeout(this.#timer);
    if (this.#isDue && PROMPT.test(line)) this.#timer = setTimeout(() => this.#end(), SETTLE_MS);
  }

  /** The program is no more, and with it what was entered. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#isDue) this.#end();
  }

  #end(): void {
    this.#isDue = false;
    this.#heard();
  }
}
