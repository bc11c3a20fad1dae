import { createInterface, type Interface } from 'node:readline';
import { Readable } from 'node:stream';
import { HISTORY_LINES, type History } from './history.ts';

/** What the user entered: a line, the end of the input, or Ctrl-C on an empty line. */
export type Entered = { text: string } | 'end' | 'interrupt';

const INTERRUPT = 0x03;
const [LINE_FEED, RETURN] = [0x0a, 0x0d];

/** The internals of readline that we use: `clearLine` ends the line on the screen and discards it. */
type Inside = Interface & { clearLine: () => void };

/**
 * Reads lines from the keyboard, with editing and a history. What is typed while a statement runs is not shown, and
 * waits for the next prompt.
 */
export class Lines {
  readonly #keys = Object.assign(new Readable({ read: () => undefined }), {
    setRawMode: (isRaw: boolean) => process.stdin.setRawMode(isRaw),
  });
  readonly #reader: Interface;
  #held: Buffer = Buffer.alloc(0);
  #isOver = false;
  #settle: ((entered: Entered) => void) | undefined;
  #interrupt: (() => void) | undefined;
  readonly #hear = (bytes: Buffer): void => this.#take(bytes);
  readonly #hangUp = (): void => this.#reader.close();

  constructor(history: History) {
    this.#reader = createInterface({
      input: this.#keys,
      output: process.stdout,
      terminal: true,
      history: history.lines,
      historySize: HISTORY_LINES,
    });
    this.#reader.on('history', (lines) => (history.lines = lines));
    this.#reader.on('line', (text) => this.#enter({ text }));
    this.#reader.on('close', () => {
      this.#isOver = true;
      this.#enter('end');
    });
    this.#reader.on('SIGINT', () => this.#drop());
    this.#reader.on('SIGTSTP', () => this.#stop());
    process.stdin.on('data', this.#hear).on('end', this.#hangUp);
  }

  /** Shows the prompt, and waits for a line. */
  async next(prompt: string): Promise<Entered> {
    if (this.#isOver) return 'end';
    this.#reader.setPrompt(prompt);
    this.#reader.prompt();
    const entered = await new Promise<Entered>((settle) => {
      this.#settle = settle;
      this.#pump();
    });
    if (typeof entered === 'string') process.stdout.write('\n');
    return entered;
  }

  /** Waits until `doing` has settled. Calls `cancel` at the first Ctrl-C, and stops waiting at the second. */
  async unlessInterrupted<T>(doing: Promise<T>, cancel: () => void): Promise<T | 'interrupt'> {
    const interrupted = new Promise<'interrupt'>((settle) => {
      this.#interrupt = () => {
        this.#interrupt = () => settle('interrupt');
        cancel();
      };
    });
    try {
      return await Promise.race([doing, interrupted]);
    } finally {
      this.#interrupt = undefined;
    }
  }

  close(): void {
    process.stdin.off('data', this.#hear).off('end', this.#hangUp).pause();
    this.#reader.close();
  }

  #take(bytes: Buffer): void {
    const at = this.#settle ? -1 : bytes.lastIndexOf(INTERRUPT);
    // As in terminals, what was typed before it is discarded.
    this.#held = at < 0 ? Buffer.concat([this.#held, bytes]) : bytes.subarray(at + 1);
    if (at >= 0) this.#interrupt?.();
    this.#pump();
  }

  /** Passes typed text to readline, one line at a time, while somebody waits for a line. */
  #pump(): void {
    while (this.#settle && this.#held.length > 0) {
      const at = this.#held.findIndex((byte) => byte === LINE_FEED || byte === RETURN);
      const isBoth = this.#held[at] === RETURN && this.#held[at + 1] === LINE_FEED;
      const piece = at < 0 ? this.#held : this.#held.subarray(0, at + (isBoth ? 2 : 1));
      this.#held = this.#held.subarray(piece.length);
      this.#keys.emit('data', piece);
    }
  }

  #enter(entered: Entered): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(entered);
  }

  /** Ctrl-C discards the line; on an empty line it discards the statement so far, or ends the shell. */
  #drop(): void {
    if (this.#reader.line === '') return this.#enter('interrupt');
    this.#reader.write(null, { ctrl: true, name: 'e' });
    this.#reader.write('^C');
    (this.#reader as Inside).clearLine();
    this.#reader.prompt();
  }

  /** Ctrl-Z: stops until the shell is brought back, or continues at once when there is no parent shell to do that. */
  #stop(): void {
    process.stdin.setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
    process.stdin.setRawMode(true);
    this.#reader.prompt(true);
  }
}
