const WORD = /^\w$/;
const ERASERS = /^[\x7f\b]$/;

/**
 * The end of what the reader typed, which the screen shows only once it has been there and back. Pure but for its own
 * text.
 */
export class TypedWord {
  #text = '';

  /** The reader typed that. */
  note(typed: string): void {
    if (WORD.test(typed)) this.#text += typed;
    else this.#text = ERASERS.test(typed) ? this.#text.slice(0, -1) : '';
  }

  /** Whether all of it stands at the end of `before`: else what may go on there is for a shorter word. */
  isAtEndOf(before: string): boolean {
    return before.endsWith(this.#text);
  }
}
