import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ContainerTerminal } from '../oci/container.ts';
import type { TerminalBeginning, TerminalEnd, TerminalOpening } from '../../shared/terminal-protocol.ts';
import { TerminalKeys } from './terminal-keys.ts';
import { TerminalOutput } from './terminal-output.ts';
import { TerminalSize, type Size } from './terminal-size.ts';

/** The terminal's view of a page that watches it. `end` is called once, and last. */
export interface TerminalViewer {
  begin(beginning: TerminalBeginning): void;
  show(bytes: Buffer): void;
  /** Acknowledges that many bytes of its input. */
  took(bytes: number): void;
  end(end: TerminalEnd): void;
}

/** A page's view of the terminal that it watches. After the end or `leave`, its methods have no effect. */
export interface TerminalView {
  /** Sends keys to the program. Returns false when the page has exceeded its window. */
  type(bytes: Buffer): boolean;
  /** Acknowledges that the page has drawn that many bytes. Returns false when they were never sent. */
  drawn(bytes: number): boolean;
  resize(size: Size): void;
  /** The page stops watching. */
  leave(): void;
}

/** A terminal's callbacks. */
export interface TerminalListener {
  /** The reader has typed. */
  onKeys(): void;
  /** The terminal has ended, and the page that watched it was told, if any. */
  onOver(): void;
  /** Returns the end to report to the page when the container is lost. */
  whyLost(cause: unknown): Promise<TerminalEnd>;
}

/** One program on a pseudo-terminal. At most one page watches it; without one it keeps running for a while. */
export class Terminal {
  readonly key = randomBytes(8).toString('hex');
  /** Resolves when its program has ended. */
  readonly gone: Promise<void>;
  readonly #program: ContainerTerminal;
  readonly #output: TerminalOutput;
  readonly #keys: TerminalKeys;
  readonly #size: TerminalSize;
  readonly #awayMs: number;
  readonly #listener: TerminalListener;
  #viewer: TerminalViewer | undefined;
  #away: NodeJS.Timeout | undefined;
  #end: TerminalEnd | undefined;

  constructor(program: ContainerTerminal, size: Size, awayMs: number, listener: TerminalListener) {
    this.#program = program;
    this.#output = new TerminalOutput(program.stream);
    this.#keys = new TerminalKeys(program.stream);
    this.#size = new TerminalSize(size, ({ columns, rows }) => program.resize(columns, rows));
    this.#awayMs = awayMs;
    this.#listener = listener;
    // Errors are handled through `ended`.
    program.stream.on('error', () => undefined);
    const shown = Promise.race([once(program.stream, 'end'), once(program.stream, 'close')]).catch(() => undefined);
    this.gone = program.ended.then(
      ({ exitCode }) => {
        void shown.then(() => this.#finish({ reason: 'exited', exitCode }));
      },
      async (cause: unknown) => this.end(await listener.whyLost(cause)),
    );
  }

  /** Whether its program has ended. Its output may still be read. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** Shows the terminal to a page. Another page that watches it is disconnected. */
  watch({ from, columns, rows }: TerminalOpening, viewer: TerminalViewer): TerminalView {
    const before = this.#viewer;
    // This must come first, because the other page calls `leave` when it is ended.
    this.#viewer = viewer;
    clearTimeout(this.#away);
    before?.end({ reason: 'taken' });
    const { bytes, isCut, old } = this.#output.seek(from?.key === this.key ? from.bytes : undefined);
    viewer.begin({ key: this.key, bytes, ...(old > 0 && { old }) });
    this.#size.change({ columns, rows });
    if (isCut) this.#size.nudge();
    const view = this.#viewOf(viewer);
    this.#output.show((shown) => viewer.show(shown));
    return view;
  }

  /** Ends the terminal and everything that runs in it. Idempotent. */
  end(end: TerminalEnd): void {
    this.#end ??= end;
    this.#over();
  }

  #viewOf(viewer: TerminalViewer): TerminalView {
    const isWatching = (): boolean => this.#viewer === viewer;
    const keys = this.#keys.ofPage((bytes) => {
      if (isWatching()) viewer.took(bytes);
    });
    return {
      type: (bytes) => {
        if (!isWatching()) return true;
        this.#listener.onKeys();
        return keys.type(bytes);
      },
      drawn: (bytes) => !isWatching() || this.#output.drawn(bytes),
      resize: (size) => {
        if (isWatching()) this.#size.change(size);
      },
      leave: () => {
        if (isWatching()) this.#leave();
      },
    };
  }

  #leave(): void {
    this.#viewer = undefined;
    this.#output.hide();
    this.#away = setTimeout(() => this.end({ reason: 'exited' }), this.#awayMs).unref();
  }

  /** Handles that the program has ended by itself. The page is told after the last output. */
  #finish(end: TerminalEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#output.end(() => this.#over());
  }

  #over(): void {
    clearTimeout(this.#away);
    // Hangs up, which also ends everything that the program has started.
    this.#program.stream.destroy();
    this.#size.dispose();
    this.#output.hide();
    const viewer = this.#viewer;
    this.#viewer = undefined;
    if (this.#end) viewer?.end(this.#end);
    this.#listener.onOver();
  }
}
