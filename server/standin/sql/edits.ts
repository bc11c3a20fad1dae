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
    let out = '';
    let position = start;
    for (const { from, to, text } of this.#sorted()) {
      if (from < start || to > end) continue;
      out += this.source.slice(position, from) + text;
      position = to;
    }
    return out + this.source.slice(position, end);
  }

  /** Where in the source the character stands that is at `position` of the applied text. */
  original(position: number): number {
    let shift = 0;
    for (const { from, to, text } of this.#sorted()) {
      if (position <= from + shift) break;
      if (position < from + shift + text.length) return from;
      shift += text.length - (to - from);
    }
    return position - shift;
  }

  #sorted(): { from: number; to: number; text: string }[] {
    return this.#edits.toSorted((a, b) => a.from - b.from || a.to - b.to);
  }
}
