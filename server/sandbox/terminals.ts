import { AppError } from '../errors.ts';
import { within } from '../within.ts';
import type { Container } from '../oci/container.ts';
import { MAX_TERMINALS, READER_HOME } from '../sandbox-layout.ts';
import type { TerminalEnd, TerminalOpening } from '../../shared/terminal-protocol.ts';
import { terminalArgv } from './terminal-shell.ts';
import { allowedSize } from './terminal-size.ts';
import { Terminal, type TerminalListener, type TerminalView, type TerminalViewer } from './terminal.ts';
import { TERMINAL_STILL_ENDING } from '../sentences/run-sentences.ts';

/** How long to wait for the previous program of a terminal to end. */
const LEAVING_MS = 5000;

/** Whether that is the number of a terminal. */
export function isTerminalNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= MAX_TERMINALS;
}

/** The terminals of a sandbox, by their numbers. */
export class Terminals {
  readonly #awayMs: number;
  readonly #listener: Omit<TerminalListener, 'onOver'>;
  readonly #terminals = new Map<number, Terminal>();
  /** Terminals that have ended, whose programs may still be running. */
  readonly #leaving = new Map<number, Promise<void>>();
  #end: TerminalEnd | undefined;

  /** `awayMs` is how long a terminal lives without a page. */
  constructor(awayMs: number, listener: Omit<TerminalListener, 'onOver'>) {
    this.#awayMs = awayMs;
    this.#listener = listener;
  }

  /**
   * Shows a terminal to a page, opening it if necessary. Throws AppError `busy` while its previous program has not
   * ended, `gone` after `end`, and the errors of `Container.openTerminal`.
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

  /** How many are open. */
  get count(): number {
    return this.#terminals.size;
  }

  /** Ends a terminal and everything that runs in it. Returns false when there is none. */
  close(number: number): boolean {
    const terminal = this.#terminals.get(number);
    terminal?.end({ reason: 'exited' });
    return terminal !== undefined;
  }

  /** Ends all terminals; no more can be opened. */
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
