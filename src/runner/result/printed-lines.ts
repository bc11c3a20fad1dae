import { firstCharacters } from '../../ui/first-characters.ts';

/** A piece of a line with one style. `className` is empty for plain stdout. */
export interface Piece {
  text: string;
  className: string;
}

/** The most lines that are kept: a program may print a mebibyte, and the page must stay responsive. */
export const MAX_LINES = 1000;
/** The most characters of a line that are kept. */
export const MAX_LINE_CHARACTERS = 2000;
// Escape sequences: CSI, OSC, and the two-character ones (ECMA-48, sections 5.4 and 5.6).
const ESCAPE = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/y;
const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/**
 * A program's output, roughly as a terminal shows it: a carriage return overwrites the line, colours become class
 * names, and other escape sequences are dropped. Keeps the last lines. Pure: no DOM.
 */
export class PrintedLines {
  /** The number of lines dropped at the top. */
  dropped = 0;
  /** Index in `lines` of the first line that changed since `clean()`. */
  firstDirty = 0;
  readonly lines: Piece[][] = [[]];
  #startOver = false;
  /** The number of characters in the last line. */
  #characters = 0;
  readonly #cut = new Set<Piece[]>();
  #style = '';
  #pending: Record<string, string> = {};

  /** The number of lines that were cut. */
  get cutLines(): number {
    return this.#cut.size;
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    const whole = (this.#pending[stream] ?? '') + text;
    const cut = unfinishedEscape(whole);
    this.#pending[stream] = whole.slice(cut);
    const input = whole.slice(0, cut);
    let at = 0;
    while (at < input.length) {
      const special = nextSpecial(input, at);
      if (special > at) this.#add(input.slice(at, special), stream);
      at = special < input.length ? special + this.#control(input, special) : special;
    }
  }

  /** Marks all lines as drawn. */
  clean(): void {
    this.firstDirty = this.lines.length - 1;
  }

  #add(text: string, stream: 'stdout' | 'stderr'): void {
    const line = this.lines.at(-1)!;
    if (this.#startOver) {
      line.length = 0;
      this.#cut.delete(line);
      this.#characters = 0;
    }
    this.#startOver = false;
    if (this.#cut.has(line)) return;
    const room = MAX_LINE_CHARACTERS - this.#characters;
    const { first, count } = firstCharacters(text, room);
    this.#characters += count;
    if (count > room) this.#cut.add(line);
    const className = [stream === 'stderr' ? 'stderr' : '', this.#style].filter(Boolean).join(' ');
    const shown = count > room ? `${first}…` : text;
    const last = line.at(-1);
    if (last?.className === className) last.text += shown;
    else line.push({ text: shown, className });
    this.#trim();
  }

  #control(input: string, at: number): number {
    switch (input[at]) {
      case '\n':
        this.#newLine();
        return 1;
      case '\r':
        this.#startOver = input[at + 1] !== '\n';
        return 1;
      case '\x1b': {
        ESCAPE.lastIndex = at;
        const match = ESCAPE.exec(input);
        if (match?.[2] === 'm') this.#restyle(match[1] ?? '');
        return match ? match[0].length : 1;
      }
      default:
        return 1;
    }
  }

  #newLine(): void {
    this.#startOver = false;
    this.#characters = 0;
    this.lines.push([]);
    this.#trim();
  }

  /** Drops the first line when there are too many. An empty last line does not count. */
  #trim(): void {
    const count = this.lines.length - (this.lines.at(-1)?.length === 0 ? 1 : 0);
    if (count <= MAX_LINES) return;
    this.#cut.delete(this.lines.shift()!);
    this.dropped += 1;
    this.firstDirty = Math.max(0, this.firstDirty - 1);
  }

  #restyle(parameters: string): void {
    const codes = (parameters === '' ? '0' : parameters).split(';').map(Number);
    while (codes.length > 0) {
      const code = codes.shift()!;
      // These introduce a colour from a palette of 256 or in RGB: skip their parameters, which are not codes. There is
      // no class for such colours.
      if (code === 38 || code === 48) codes.splice(0, codes[0] === 2 ? 4 : 2);
      const color = code >= 30 && code <= 37 ? code - 30 : code >= 90 && code <= 97 ? code - 90 : -1;
      if (code === 0 || code === 39) this.#style = '';
      else if (color >= 0) this.#style = `ansi-${COLORS[color]}`;
    }
  }
}

function nextSpecial(input: string, from: number): number {
  for (let index = from; index < input.length; index += 1) {
    const code = input.charCodeAt(index);
    if (code < 0x20 && code !== 0x09) return index;
  }
  return input.length;
}

/** Returns where an incomplete escape sequence begins at the end of a text; the text's length when there is none. */
function unfinishedEscape(text: string): number {
  const at = text.lastIndexOf('\x1b');
  if (at < 0 || text.length - at > 64) return text.length;
  ESCAPE.lastIndex = at;
  return ESCAPE.test(text) && !/^\x1b\]/.test(text.slice(at))
    ? text.length
    : /^\x1b(?:\[[0-?]*[ -/]*)?$/.test(text.slice(at))
      ? at
      : text.length;
}
