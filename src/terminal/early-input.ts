/** For the first prompt after the first output, milliseconds: some programs have none. */
export const PROMPT_MS = 1500;
/** For any output. */
export const OUTPUT_MS = 5000;
/** A line before the cursor that waits for something to be typed. */
const PROMPT = /[$>%:?] ?$/;

/**
 * What is typed before a new program waits for it: echoed by the terminal first and by the program again, it would
 * stand there twice. It goes in when a prompt is seen, or none came in time.
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

  /** A program is to begin. */
  hold(): void {
    clearTimeout(this.#timer);
    this.#isHeld = true;
    this.#hasOutput = false;
  }

  /** It has begun. */
  begin(): void {
    this.hold();
    this.#wait(OUTPUT_MS);
  }

  type(text: string): void {
    if (this.#isHeld) this.#text += text;
    else this.#send(text);
  }

  /** Something was printed; `line` is what stands before the cursor. */
  note(line: string): void {
    if (!this.#isHeld) return;
    if (PROMPT.test(line)) return this.release();
    if (!this.#hasOutput) this.#wait(PROMPT_MS);
    this.#hasOutput = true;
  }

  /** Nothing is held any more. */
  release(): void {
    clearTimeout(this.#timer);
    this.#isHeld = false;
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#send(text);
  }

  /** Forgets what was typed: the program is no more. */
  drop(): void {
    this.#text = '';
    this.release();
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.release(), ms);
  }
}
