const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
/** A string to the terminal (a title, a link) that has no end by then never will. */
const LONGEST_STRING_BYTES = 4096;
/** Modes that one sequence can switch, as xterm has it; and no mode's number is larger. */
const MOST_PARAMETERS = 32;
const LARGEST_NUMBER = 9999;

/** Modes that programs switch on and off (`CSI ? number h`, `l`), by whether a terminal begins with them on. */
const MODES: readonly [number: number, beginsOn: boolean][] = [
  [1, false],
  [7, true],
  [25, true],
  [47, false],
  [1000, false],
  [1002, false],
  [1003, false],
  [1004, false],
  [1006, false],
  [1047, false],
  [1049, false],
  [2004, false],
];
/** Each has a bit, by its place among `MODES`. */
const BITS = new Uint32Array(LARGEST_NUMBER + 1);
for (const [at, [number]] of MODES.entries()) BITS[number] = 1 << at;
const BEGIN_ON = MODES.reduce((bits, [, beginsOn], at) => (beginsOn ? bits | (1 << at) : bits), 0);

const TEXT = 0;
const ESCAPE = 1;
const INTERMEDIATE = 2;
const CONTROL = 3;
const STRING = 4;
const STRING_ESCAPE = 5;
const STRING_STARTS = new Set(Buffer.from(']PX^_'));

/**
 * Follows a program's bytes as a terminal does (ECMA-48, xterm's ctlseqs), as far as needed to know at each place
 * whether a sequence is under way there, and which modes are on: so that a tail can begin after it. A program may send
 * nothing but sequences, megabytes a second: each byte is a few comparisons, and nothing is made of it.
 */
export class TerminalEscapes {
  #state = TEXT;
  /**
   * Of a control sequence: the number under way, those before it, the modes among them, and whether it is one that
   * switches modes.
   */
  #number = 0;
  #parameters = 0;
  #named = 0;
  #isPrivate = false;
  #stringBytes = 0;
  /** The modes that are not as a terminal begins. */
  #changed = 0;

  /** Goes on from where another one is. */
  constructor(from?: TerminalEscapes) {
    if (!from) return;
    this.#state = from.#state;
    this.#number = from.#number;
    this.#parameters = from.#parameters;
    this.#named = from.#named;
    this.#isPrivate = from.#isPrivate;
    this.#stringBytes = from.#stringBytes;
    this.#changed = from.#changed;
  }

  /** No sequence is under way. */
  get isText(): boolean {
    return this.#state === TEXT;
  }

  follow(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#state === TEXT) {
        // To ask for it costs as much as to look at many bytes.
        if (bytes[at] !== ESC) at = bytes.indexOf(ESC, at);
        if (at === -1) return;
        this.#state = ESCAPE;
      } else {
        this.#step(bytes[at]!);
      }
    }
  }

  /** What puts a new terminal into the modes that are on here; never longer than what switched them. */
  restoring(): string {
    const switching = (changed: number, final: string): string => {
      const modes = MODES.filter((_, at) => changed & (1 << at)).map(([number]) => number);
      return modes.length > 0 ? `\x1b[?${modes.join(';')}${final}` : '';
    };
    return switching(this.#changed & ~BEGIN_ON, 'h') + switching(this.#changed & BEGIN_ON, 'l');
  }

  #step(byte: number): void {
    if (byte === ESC) {
      this.#state = this.#state === STRING ? STRING_ESCAPE : ESCAPE;
    } else if (byte === CAN || byte === SUB) {
      // They break off whatever is under way.
      this.#state = TEXT;
    } else if (this.#state === STRING) {
      this.#stringBytes += 1;
      if (byte === BEL || this.#stringBytes >= LONGEST_STRING_BYTES) this.#state = TEXT;
    } else if (this.#state === CONTROL) {
      this.#control(byte);
    } else if (this.#state === INTERMEDIATE || this.#state === STRING_ESCAPE) {
      if (byte < 0x20 || byte > 0x2f) this.#state = TEXT;
    } else {
      this.#begin(byte);
    }
  }

  #begin(byte: number): void {
    if (byte === 0x5b /* [ */) {
      this.#state = CONTROL;
      this.#number = 0;
      this.#parameters = 0;
      this.#named = 0;
      this.#isPrivate = false;
    } else if (STRING_STARTS.has(byte)) {
      this.#state = STRING;
      this.#stringBytes = 0;
    } else if (byte >= 0x20 && byte <= 0x2f) {
      this.#state = INTERMEDIATE;
    } else {
      this.#state = TEXT;
      if (byte === 0x63 /* c */) this.#changed = 0;
    }
  }

  #control(byte: number): void {
    if (byte >= 0x30 && byte <= 0x39) {
      this.#number = Math.min(this.#number * 10 + byte - 0x30, LARGEST_NUMBER);
    } else if (byte === 0x3b /* ; */) {
      this.#endNumber();
    } else if (byte === 0x3f /* ? */ && this.#parameters === 0 && this.#number === 0) {
      this.#isPrivate = true;
    } else if (byte >= 0x40 && byte <= 0x7e) {
      this.#state = TEXT;
      this.#endNumber();
      if (!this.#isPrivate) return;
      if (byte === 0x68 /* h */)
        this.#changed = (this.#changed & ~(this.#named & BEGIN_ON)) | (this.#named & ~BEGIN_ON);
      else if (byte === 0x6c /* l */)
        this.#changed = (this.#changed & ~(this.#named & ~BEGIN_ON)) | (this.#named & BEGIN_ON);
    } else if (byte >= 0x20 && byte !== 0x7f) {
      // Another kind of sequence, with marks between or after its numbers.
      this.#isPrivate = false;
      this.#parameters = MOST_PARAMETERS;
    }
  }

  #endNumber(): void {
    if (this.#parameters < MOST_PARAMETERS) this.#named |= BITS[this.#number]!;
    this.#parameters += 1;
    this.#number = 0;
  }
}
