interface Edit {
  from: number;
  to: number;
  text: string;
  /** How many edits were made before. */
  place: number;
  /** Whether edits inside the range that were made before are dropped. */
  removes: boolean;
}

interface Piece {
  at: number;
  text: string;
  isSource: boolean;
}

/**
 * Two characters that PostgreSQL could read as one token, as in `bytea$$`, `e'…'` and `/*`. If an edit brought them
 * together, PostgreSQL could run what the stand-in took for a string.
 */
const JOINING = /^(?:[\w$'"\u0080-\uffff][\w$'"&\u0080-\uffff]|[-~!@#^&|`?+*/%<>=]{2}|&['"])$/;

/** Edits to a text that do not overlap. Also maps positions in the edited text back to the source. */
export class TextEdits {
  readonly source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.source = source;
  }

  replace(from: number, to: number, text: string): void {
    this.#edits.push({ from, to, text, place: this.#edits.length, removes: false });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Removes a range, together with the edits inside it. */
  remove(from: number, to: number): void {
    this.#edits.push({ from, to, text: '', place: this.#edits.length, removes: true });
  }

  /** Returns the edited text; with `start` and `end`, only that range of the source, with the edits inside it. */
  apply(start = 0, end = this.source.length): string {
    return this.#pieces(start, end)
      .map(({ text }) => text)
      .join('');
  }

  /** Returns the position in the source of the character at `position` in the edited text. */
  original(position: number): number {
    let rest = position;
    for (const { at, text, isSource } of this.#pieces(0, this.source.length)) {
      if (rest < text.length) return isSource ? at + rest : at;
      rest -= text.length;
    }
    return this.source.length + rest;
  }

  /**
   * Returns the parts of the edited text, in order: ranges of the source, and new text with its position in the source.
   */
  #pieces(start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    const add = (piece: Piece): void => {
      if (piece.text === '') return;
      if (JOINING.test(`${pieces.at(-1)?.text.at(-1) ?? ' '}${piece.text[0]}`))
        pieces.push({ at: piece.at, text: ' ', isSource: false });
      pieces.push(piece);
    };
    let position = start;
    for (const { from, to, text } of this.#inOrder()) {
      if (from < start || to > end) continue;
      add({ at: position, text: this.source.slice(position, from), isSource: true });
      add({ at: from, text, isSource: false });
      position = to;
    }
    add({ at: position, text: this.source.slice(position, end), isSource: true });
    return pieces;
  }

  /** The edits by their positions, without those in a range that was removed after them. */
  #inOrder(): Edit[] {
    const sorted = this.#edits.toSorted((a, b) => a.from - b.from || b.to - a.to || b.place - a.place);
    const kept: Edit[] = [];
    /** The removed ranges around the current edit, the innermost last. */
    const removed: Edit[] = [];
    for (const edit of sorted) {
      while (removed.length > 0 && removed.at(-1)!.to < edit.to) removed.pop();
      if (removed.some(({ place }) => place > edit.place)) continue;
      if (edit.removes) removed.push(edit);
      kept.push(edit);
    }
    return kept.toSorted((a, b) => a.from - b.from || a.to - b.to || a.place - b.place);
  }
}
