const ESC = 0x1b;
/** A string to the terminal (a title, a link) that has no end by then never will. */
const LONGEST_STRING_BYTES = 4096;
const LONGEST_PARAMETERS = 64;

/** Modes that programs switch on and off (`CSI ? number h`, `l`), by whether a terminal begins with them on. */
const BEGINS_ON = new Map([
  [1, false], [7, true], [25, true], [47, false], [1000, false], [1002, false], [1003, false], [1004, false],
  [1006, false], [1047, false], [1049, false], [2004, false],
]);

type State = 'text' | 'escape' | 'intermediate' | 'control' | 'string' | 'string-escape';

/**
 * Follows a program's bytes as a terminal does (ECMA-48, xterm's ctlseqs), as far as needed to know at each place whether a sequence is under
 * way there, and which modes are on: so that a tail can begin after it.
 */
export class TerminalEscapes {
  #state: State = 'text';
  #parameters = '';
  #stringBytes = 0;
  readonly #modes: Map<number, boolean>;

  /** Goes on from where another one is. */
  constructor(from?: TerminalEscapes) {
    this.#modes = new Map(from ? from.#modes : []);
    if (!from) return;
    this.#state = from.#state;
    this.#parameters = from.#parameters;
    this.#stringBytes = from.#stringBytes;
  }

  /** No sequence is under way. */
  get isText(): boolean {
    return this.#state === 'text';
  }

  follow(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#state === 'text') {
        at = bytes.indexOf(ESC, at);
        if (at === -1) return;
        this.#state = 'escape';
      } else {
        this.#step(bytes[at]!);
      }
    }
  }

  /** What puts a new terminal into the modes that are on here; never longer than what switched them. */
  restoring(): string {
    const switching = (isOn: boolean): string => {
      const modes = [...this.#modes].filter(([, is]) => is === isOn).map(([mode]) => mode);
      return modes.length > 0 ? `\x1b[?${modes.join(';')}${isOn ? 'h' : 'l'}` : '';
    };
    return switching(true) + switching(false);
  }

  #step(byte: number): void {
    if (byte === ESC) {
      this.#state = this.#state === 'string' ? 'string-escape' : 'escape';
    } else if (byte === 0x18 || byte === 0x1a) {
      // CAN and SUB break off whatever is under way.
      this.#state = 'text';
    } else if (this.#state === 'string') {
      this.#stringBytes += 1;
      if (byte === 0x07 || this.#stringBytes >= LONGEST_STRING_BYTES) this.#state = 'text';
    } else if (this.#state === 'control') {
      if (byte >= 0x40 && byte <= 0x7e) this.#control(byte);
      else if (this.#parameters.length < LONGEST_PARAMETERS) this.#parameters += String.fromCharCode(byte);
    } else if (this.#state === 'intermediate' || this.#state === 'string-escape') {
      if (byte < 0x20 || byte > 0x2f) this.#state = 'text';
    } else {
      this.#begin(byte);
    }
  }

  #begin(byte: number): void {
    const letter = String.fromCharCode(byte);
    if (letter === '[') {
      this.#state = 'control';
      this.#parameters = '';
    } else if (']PX^_'.includes(letter)) {
      this.#state = 'string';
      this.#stringBytes = 0;
    } else if (byte >= 0x20 && byte <= 0x2f) {
      this.#state = 'intermediate';
    } else {
      this.#state = 'text';
      if (letter === 'c') this.#modes.clear();
    }
  }

  #control(final: number): void {
    this.#state = 'text';
    const isOn = final === 'h'.charCodeAt(0);
    if ((!isOn && final !== 'l'.charCodeAt(0)) || !this.#parameters.startsWith('?')) return;
    for (const mode of this.#parameters.slice(1).split(';').map(Number)) {
      if (BEGINS_ON.get(mode) === isOn) this.#modes.delete(mode);
      else if (BEGINS_ON.has(mode)) this.#modes.set(mode, isOn);
    }
  }
}
