import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ContainerTerminal } from '../oci/container.ts';
import type { TerminalBeginning, TerminalEnd, TerminalOpening } from '../../shared/protocol.ts';
import { TerminalKeys } from './terminal-keys.ts';
import { TerminalOutput } from './terminal-output.ts';
import { TerminalSize, type Size } from './terminal-size.ts';

/** A page that watches a terminal, as the terminal sees it. `end` comes once, and last. */
export interface TerminalViewer {
  begin(beginning: TerminalBeginning): void;
  show(bytes: Buffer): void;
  /** So many bytes that it typed were taken. */
  took(bytes: number): void;
  end(end: TerminalEnd): void;
}

/** A terminal, as a page that watches it sees it. After its end, and after `leave`, all of it does nothing. */
export interface TerminalView {
  /** Keys for the program. False when the page had no credit for them. */
  type(bytes: Buffer): boolean;
  /** The page has drawn so many bytes more. False when it never got as many. */
  drawn(bytes: number): boolean;
  resize(size: Size): void;
  /** The page is away. */
  leave(): void;
}

/** What a terminal tells of itself. */
export interface TerminalListener {
  /** Somebody typed. */
  onKeys(): void;
  /** Its program has ended and a page was told, or nobody came back for it. */
  onOver(): void;
  /** Why it was lost, when its container is; for the page. */
  whyLost(cause: unknown): Promise<TerminalEnd>;
}

/** One program on a pseudo-terminal. At most one page watches it; without one it lives on for a while. */
export class Terminal {
  readonly key = randomBytes(8).toString('hex');
  /** Settles when its program is no more. */
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
    // How it ended is told by `ended`.
    program.stream.on('error', () => undefined);
    const shown = Promise.race([once(program.stream, 'end'), once(program.stream, 'close')]).catch(() => undefined);
    this.gone = program.ended.then(
      ({ exitCode }) => {
        void shown.then(() => this.#finish({ reason: 'exited', exitCode }));
      },
      async (cause: unknown) => this.end(await listener.whyLost(cause)),
    );
  }

  /** Its program has ended. What it printed may still be read. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** Shows it to a page, and to no other any more. */
  watch({ from, columns, rows }: TerminalOpening, viewer: TerminalViewer): TerminalView {
    const before = this.#viewer;
    // First: the page before leaves when it hears its end.
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

  /** Ends it at once, with what runs in it. Idempotent. */
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

  /** The program has ended by itself: the page is told after its last byte. */
  #finish(end: TerminalEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#output.end(() => this.#over());
  }

  #over(): void {
    clearTimeout(this.#away);
    // Hangs up: what the program left behind ends too.
    this.#program.stream.destroy();
    this.#size.dispose();
    this.#output.hide();
    const viewer = this.#viewer;
    this.#viewer = undefined;
    if (this.#end) viewer?.end(this.#end);
    this.#listener.onOver();
  }
}
