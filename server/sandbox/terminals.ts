import { AppError } from '../errors.ts';
import { within } from '../within.ts';
import type { Container } from '../oci/container.ts';
import { MOST_TERMINALS, READER_HOME } from '../sandbox-layout.ts';
import type { TerminalEnd, TerminalOpening } from '../../shared/protocol.ts';
import { terminalArgv } from './terminal-shell.ts';
import { allowedSize } from './terminal-size.ts';
import { Terminal, type TerminalListener, type TerminalView, type TerminalViewer } from './terminal.ts';
import { TERMINAL_STILL_ENDING } from '../sentences/run-sentences.ts';

/** How long one waits for the program that was there before to end. */
const LEAVING_MS = 5000;

/** Whether a sandbox may have a terminal of that number. */
export function isTerminalNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= MOST_TERMINALS;
}

/** The terminals of a sandbox, by their numbers. */
export class Terminals {
  readonly #awayMs: number;
  readonly #listener: Omit<TerminalListener, 'onOver'>;
  readonly #terminals = new Map<number, Terminal>();
  /** Ended, with programs that may not be gone yet. */
  readonly #leaving = new Map<number, Promise<void>>();
  #end: TerminalEnd | undefined;

  /** `awayMs`: how long a terminal lives without a page. */
  constructor(awayMs: number, listener: Omit<TerminalListener, 'onOver'>) {
    this.#awayMs = awayMs;
    this.#listener = listener;
  }

  /**
   * Shows a terminal to a page: the one that is there, or a new one. Throws AppError `busy` while the program before
   * has not ended, `gone` when all have, and whatever opening one in the container throws.
   */
  async watch(
    container: Container,
    number: number,
    opening: TerminalOpening,
    viewer: TerminalViewer,
  ): Promise<TerminalView> {
    const there = this.#terminals.get(number);
    if (there?.isOver && opening.from?.key !== there.key) there.end({ reason: 'exited' });
    await within(LEAVING_MS, this.#leaving.get(number) ?? Promise.resolve());
    if (this.#leaving.has(number)) throw new AppError('busy', TERMINAL_STILL_ENDING);
    if (this.#end) throw new AppError('gone', this.#end.message ?? '');
    const terminal = this.#terminals.get(number) ?? this.#open(container, number, opening);
    return terminal.watch(opening, viewer);
  }

  /** Ends that terminal, with what runs in it. False when there is none. */
  close(number: number): boolean {
    const terminal = this.#terminals.get(number);
    terminal?.end({ reason: 'exited' });
    return terminal !== undefined;
  }

  /** Ends all, for good. */
  end(end: TerminalEnd): void {
    this.#end ??= end;
    for (const terminal of this.#terminals.values()) terminal.end(end);
  }

  #open(container: Container, number: number, { command, ...wanted }: TerminalOpening): Terminal {
    const size = allowedSize(wanted);
    const program = container.openTerminal({ number, argv: terminalArgv(command), cwd: READER_HOME, ...size });
    const terminal = new Terminal(program, size, this.#awayMs, {
      ...this.#listener,
      onOver: () => this.#leave(number, terminal),
    });
    this.#terminals.set(number, terminal);
    return terminal;
  }

  #leave(number: number, terminal: Terminal): void {
    if (this.#terminals.get(number) !== terminal) return;
    this.#terminals.delete(number);
    const gone = terminal.gone.finally(() => {
      if (this.#leaving.get(number) === gone) this.#leaving.delete(number);
    });
    this.#leaving.set(number, gone);
  }
}
