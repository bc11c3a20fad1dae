const WORD = /^\w$/;
const ERASERS = /^[\x7f\b]$/;

/** The word that the reader is typing, which the screen shows only after a round trip to the sandbox. */
export class TypedWord {
  #text = '';

  /** The reader typed a text. */
  note(typed: string): void {
    if (WORD.test(typed)) this.#text += typed;
    else this.#text = ERASERS.test(typed) ? this.#text.slice(0, -1) : '';
  }

  /** Returns whether the whole word is at the end of `before`. Otherwise completions are for a shorter word. */
  isAtEndOf(before: string): boolean {
    return before.endsWith(this.#text);
  }
}
