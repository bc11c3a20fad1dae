/**
 * What the terminal says by itself: what it is and can, where its cursor is, its size, modes and settings, that it has
 * the focus. A few keys with modifiers (F3) look like the place of a cursor; they are not worth telling apart.
 */
const ANSWER = /^\x1b(?:\[[?>=]?[\d;]*(?:[cnRt]|\$y)|\[[IO]|[P\]][^\x1b\x07]*(?:\x1b\\|\x07))$/;

/** Whether a terminal's text for its program is an answer of its own, and nothing that somebody typed. */
export function isAnswer(text: string): boolean {
  return ANSWER.test(text);
}

/** As much goes at once: programs ask one thing, or a few. */
const MOST_CHARACTERS = 4096;

/**
 * Gathers the answers to what is drawn at once: a piece of a flood can ask for ten thousand, and each alone would be a
 * message.
 */
export class DeviceAnswers {
  readonly #send: (text: string) => void;
  #text = '';

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** One more, whole or not at all. */
  add(text: string): void {
    if (this.#text === '') {
      queueMicrotask(() => {
        const gathered = this.#text;
        this.#text = '';
        this.#send(gathered);
      });
    }
    if (this.#text.length + text.length <= MOST_CHARACTERS) this.#text += text;
  }
}
