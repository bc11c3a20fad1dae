/**
 * Answers that a terminal sends by itself: its type and features, the cursor's position, its size, modes and settings,
 * and focus reports. A few keys with modifiers (F3) look like a cursor position; it is not worth distinguishing them.
 */
const ANSWER = /^\x1b(?:\[[?>=]?[\d;]*(?:[cnRt]|\$y)|\[[IO]|[P\]][^\x1b\x07]*(?:\x1b\\|\x07))$/;

/** Returns whether a text from the terminal is such an answer, and not something that the reader typed. */
export function isAnswer(text: string): boolean {
  return ANSWER.test(text);
}

/** The most that is sent at once. Programs ask one or a few questions at a time. */
const MAX_CHARACTERS = 4096;

/**
 * Gathers the answers to everything drawn at once: a chunk of output can ask ten thousand questions, and each answer
 * would be a message of its own.
 */
export class DeviceAnswers {
  readonly #send: (text: string) => void;
  #text = '';

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Adds an answer, completely or not at all. */
  add(text: string): void {
    if (this.#text === '') {
      queueMicrotask(() => {
        const gathered = this.#text;
        this.#text = '';
        this.#send(gathered);
      });
    }
    if (this.#text.length + text.length <= MAX_CHARACTERS) this.#text += text;
  }
}
