const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
/** The longest string to the terminal (a title, a link); after that, its end is no longer expected. */
const LONGEST_STRING_BYTES = 4096;
/** The most modes that one sequence can switch in xterm, and the largest number of a mode. */
const MAX_PARAMETERS = 32;
const LARGEST_NUMBER = 9999;

/** Modes that programs switch on and off (`CSI ? number h`, `l`), and whether they are on in a new terminal. */
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
/** The bit of each mode, by its number. Its position is the mode's index in `MODES`. */
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
 * Parses a program's output like a terminal (ECMA-48, xterm's ctlseqs), as far as necessary to know at each position
 * whether it is inside a sequence, and which modes are on. A program may send megabytes of sequences per second, so
 * each byte takes only a few comparisons and no allocation.
 */
export class TerminalEscapes {
  #state = TEXT;
  /**
   * State of a control sequence: the current number, how many came before it, the modes among them, and whether the
   * sequence switches modes.
   */
  #number = 0;
  #parameters = 0;
  #named = 0;
  #isPrivate = false;
  #stringBytes = 0;
  /** The modes that differ from a new terminal's. */
  #changed = 0;

  /** Starts in the state of another one, or at the beginning. */
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

  /** Whether the position is outside of sequences. */
  get isText(): boolean {
    return this.#state === TEXT;
  }

  /** Parses the next bytes. */
  follow(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#state === TEXT) {
        // Calling indexOf costs as much as checking several bytes, so it is avoided when the next one is ESC.
        if (bytes[at] !== ESC) at = bytes.indexOf(ESC, at);
        if (at === -1) return;
        this.#state = ESCAPE;
      } else {
        this.#step(bytes[at]!);
      }
    }
  }

  /** Returns sequences that put a new terminal into the current modes; never longer than those that switched them. */
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
      // These cancel any sequence.
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
      // Another kind of sequence, with other characters between or after its numbers.
      this.#isPrivate = false;
      this.#parameters = MAX_PARAMETERS;
    }
  }

  #endNumber(): void {
    if (this.#parameters < MAX_PARAMETERS) this.#named |= BITS[this.#number]!;
    this.#parameters += 1;
    this.#number = 0;
  }
}
