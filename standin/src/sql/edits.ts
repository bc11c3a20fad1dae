interface Piece {
  at: number;
  text: string;
  isSource: boolean;
}

/**
 * Two characters that PostgreSQL could take for parts of one token, as in `bytea$$`, `e'…'` and `/*`: where a change
 * brings them together, what the stand-in took for a string would be run.
 */
const JOINING = /^(?:[\w$'"\u0080-\uffff][\w$'"&\u0080-\uffff]|[-~!@#^&|`?+*/%<>=]{2}|&['"])$/;

/** Changes to a source, each to a stretch of it that no other touches, and the way back for positions. */
export class Edits {
  readonly source: string;
  #edits: { from: number; to: number; text: string }[] = [];

  constructor(source: string) {
    this.source = source;
  }

  replace(from: number, to: number, text: string): void {
    this.#edits.push({ from, to, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Takes a stretch out, and with it what was to be changed in it. */
  remove(from: number, to: number): void {
    this.#edits = this.#edits.filter((edit) => edit.from < from || edit.to > to);
    this.replace(from, to, '');
  }

  /** The changed text; of that stretch of the source alone, with the changes that lie in it. */
  apply(start = 0, end = this.source.length): string {
    return this.#pieces(start, end)
      .map(({ text }) => text)
      .join('');
  }

  /** Where in the source the character stands that is at `position` of the applied text. */
  original(position: number): number {
    let rest = position;
    for (const { at, text, isSource } of this.#pieces(0, this.source.length)) {
      if (rest < text.length) return isSource ? at + rest : at;
      rest -= text.length;
    }
    return this.source.length + rest;
  }

  /** What the applied text is made of, in order: stretches of the source, and what is new at a place of it. */
  #pieces(start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    const add = (piece: Piece): void => {
      if (piece.text === '') return;
      if (JOINING.test(`${pieces.at(-1)?.text.at(-1) ?? ' '}${piece.text[0]}`))
        pieces.push({ at: piece.at, text: ' ', isSource: false });
      pieces.push(piece);
    };
    let position = start;
    for (const { from, to, text } of this.#edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
      if (from < start || to > end) continue;
      add({ at: position, text: this.source.slice(position, from), isSource: true });
      add({ at: from, text, isSource: false });
      position = to;
    }
    add({ at: position, text: this.source.slice(position, end), isSource: true });
    return pieces;
  }
}
