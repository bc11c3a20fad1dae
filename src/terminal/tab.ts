import type { Mode } from '../../shared/protocol.ts';
import type { TerminalBeginning, TerminalEnd, TerminalOpening } from '../../shared/terminal-protocol.ts';
import { ask } from '../api/request.ts';
import { refreshData } from '../runner/cluster/data-look.ts';
import { element } from '../ui/element.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import { noteLine } from '../runner/cluster/journal.ts';
import { TypedLines } from './typed-lines.ts';
import { DeviceAnswers } from './device-answers.ts';
import { CommandEnd } from './command-end.ts';
import { TerminalConnection } from './terminal-connection.ts';
import { EarlyInput } from './early-input.ts';
import { keepTerminal, type KeptTerminal } from './kept-screen.ts';
import { Outage } from './outage.ts';
import { Pane } from './pane.ts';
import { tablesOf } from './sql-help.ts';
import { StreamPosition } from './stream-position.ts';
import { TabLine } from './tab-line.ts';

/** What a terminal needs from the drawer and the page. */
export interface TabContext {
  workspace: Workspace;
  /** Redraws the drawer's line and the page's bar. */
  redraw: () => void;
  /** Returns the typed text, with the held key of the phones' key row applied. */
  withKeys: (text: string) => string;
  isRead: () => boolean;
}

const encoder = new TextEncoder();

/** One terminal: its pane and its connection. */
export class Tab {
  readonly number: number;
  readonly mode: Mode;
  readonly pane: Pane;
  /** The command line of its SQL shell; undefined for a plain shell. */
  command: string | undefined;
  /** Its sentence in the drawer's line. */
  readonly line: TabLine;
  readonly #context: TabContext;
  readonly #connection = new TerminalConnection(
    () => new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}${this.#path}`),
    {
      opening: () => this.#opening(),
      begin: (beginning, continues) => this.#begin(beginning, continues),
      data: (bytes, drawn) => this.#draw(bytes, drawn),
      end: (end) => this.#end(end),
      away: () => this.#outage.fail(),
    },
  );
  readonly #early = new EarlyInput((text) => this.#connection.send(encoder.encode(text)));
  readonly #answers = new DeviceAnswers((text) => this.#connection.answer(encoder.encode(text)));
  // A command may have changed what the page shows of the cluster.
  readonly #commandEnd = new CommandEnd(() => void refreshData(this.#context.workspace, this.#context.redraw));
  readonly #outage = new Outage({
    show: () => this.line.tellAway(() => this.#connection.open()),
    look: () => void this.#look(),
  });
  /** The typed lines, for "Take it home". */
  readonly #typed: TypedLines;
  #position = new StreamPosition();
  #sandbox: string | undefined;
  #claiming: AbortController | undefined;
  #step: string | undefined;
  /** A step has opened it, and the reader has not been told yet that its session is separate. */
  #isOfStep = false;
  /** Its program has ended, or another page has taken it over. */
  #isOver = false;

  constructor(number: number, mode: Mode, label: string, context: TabContext) {
    this.number = number;
    this.mode = mode;
    this.#context = context;
    this.line = new TabLine(context.redraw);
    this.#typed = new TypedLines((line) => noteLine(context.workspace, line));
    this.pane = new Pane(
      element('div', { class: 'pane', role: 'tabpanel', id: `terminal-${mode}-${number}`, 'aria-label': label }),
      tablesOf(context.workspace),
      {
        typed: (text) => this.type(context.withKeys(text)),
        answered: (text) => this.#answers.add(text),
        sent: (bytes) => this.#connection.send(bytes),
        resized: (columns, rows) => this.#connection.resize(columns, rows),
        lineFed: (shown) => this.#typed.lineFeed(shown),
      },
    );
  }

  /** Whether it was started and not ended by the reader. */
  get isOpen(): boolean {
    return this.pane.isFilled;
  }

  /**
   * Claims a cluster and opens the terminal in it, once `after` resolves to true. `step` is the step that opens it as
   * its shell. Never throws: errors are shown in the drawer's line.
   */
  async start(command = this.command, after?: Promise<boolean>, step?: string): Promise<void> {
    this.command = command;
    this.#step = step;
    this.#isOfStep = step !== undefined;
    const ended = this.#forget();
    this.#early.hold();
    this.pane.fill(this.#context.isRead());
    const giveUp = (this.#claiming = new AbortController());
    this.line.clear();
    await ended;
    if (after && !(await after)) return this.line.tellNotReached(() => void this.start());
    if (giveUp.signal.aborted) return;
    try {
      const { id } = await this.#context.workspace.claimPatiently(this.line.waiting(), giveUp.signal);
      this.#sandbox = id;
      this.line.clear();
      this.#connection.open();
      this.keep();
    } catch (cause) {
      if (giveUp.signal.aborted) return;
      this.line.tellTrouble(cause, () => void this.start());
    }
  }

  /** Resumes a terminal after a reload. */
  resume({ sandbox, command, shown }: KeptTerminal): void {
    this.command = command;
    this.#sandbox = sandbox;
    this.#position = new StreamPosition(shown);
    this.pane.fill(this.#context.isRead(), shown);
    this.#connection.open();
  }

  /** Types a command and Enter. Asks the reader first if its program may not be waiting for it. */
  enter(command: string): void {
    this.pane.enter(command, this.#position.came === undefined);
  }

  /** Offers to replace the running shell by one with another command line. */
  offer(command: string): void {
    this.line.tellOtherShell(() => void this.start(command));
  }

  /** Sends typed text to the program. */
  type(text: string): void {
    this.#typed.input(text);
    this.#commandEnd.typed(text);
    this.#early.type(text);
  }

  /** Whether the browser has a network connection. */
  set isOnline(isOnline: boolean) {
    if (!isOnline) this.#connection.lose();
    else if (this.#outage.isUnderWay) this.#connection.open();
  }

  /** Stores what a reload of the page needs. */
  keep(): void {
    if (this.#sandbox === undefined || this.#isOver) return;
    const at = this.#position.drawn;
    const screen = at && this.pane.keep();
    keepTerminal(this.mode, this.number, {
      sandbox: this.#sandbox,
      command: this.command,
      shown: screen && { ...at, ...screen },
    });
  }

  /** Ends its program and empties the pane. */
  end(): void {
    void this.#forget();
    this.line.clear();
  }

  get #path(): string {
    return `/api/sandboxes/${this.#sandbox}/terminals/${this.number}`;
  }

  #opening(): TerminalOpening {
    const from = this.#position.came;
    const use = { page: this.#context.workspace.tutorial, ...(this.#step !== undefined && { step: this.#step }) };
    return {
      ...this.pane.size,
      ...(this.command !== undefined && { command: this.command }),
      ...(from && { from }),
      use,
    };
  }

  #begin(beginning: TerminalBeginning, continues: boolean): void {
    const isAnother = this.#position.begin(beginning, continues);
    if (this.#outage.isUnderWay) this.line.announceBack();
    this.#outage.end();
    if (this.#isOfStep && !continues && !isAnother) {
      this.#isOfStep = false;
      this.line.tellOwnSession();
    } else if (isAnother) this.line.tellNew();
    else this.line.clear();
    if (!continues) this.pane.clear();
    if (!continues && !beginning.old) this.#early.begin();
    else this.#early.release();
    this.pane.fit();
  }

  #draw(bytes: Uint8Array<ArrayBuffer>, drawn: () => void): void {
    const isOld = this.#position.come(bytes);
    const note = (): void => {
      this.#position.draw(bytes);
      this.#early.note(this.pane.line);
      this.#commandEnd.shown(this.pane.line);
      drawn();
    };
    this.pane.draw(bytes, note, isOld);
  }

  #end(end: TerminalEnd): void {
    this.#early.drop();
    this.#commandEnd.stop();
    this.#isOver = true;
    this.pane.reveal();
    keepTerminal(this.mode, this.number, undefined);
    if (end.reason === 'lost') void this.#look(end.message);
    else this.line.tellEnd(end, { again: () => void this.start(), bring: () => this.#bring() });
  }

  #bring(): void {
    this.#isOver = false;
    this.line.clear();
    this.#connection.open();
  }

  /** The cluster seems to be gone: asks the server, so that the page's bar shows it too. */
  async #look(message?: string): Promise<void> {
    const { workspace } = this.#context;
    await workspace.look().catch(() => undefined);
    if (message === undefined && workspace.kept.sandbox === this.#sandbox) return;
    this.#connection.close();
    this.#outage.hush();
    this.line.tellGone(workspace.lost ?? message, () => void this.start());
  }

  /** Ends the program, if there is one, and forgets it. Resolves when the server knows. */
  async #forget(): Promise<void> {
    const hadProgram = this.#position.came !== undefined && !this.#isOver;
    this.#claiming?.abort();
    this.#connection.close();
    this.#early.drop();
    this.#outage.end();
    this.#position = new StreamPosition();
    this.#isOver = false;
    this.pane.empty();
    keepTerminal(this.mode, this.number, undefined);
    // If it cannot be reached, it has ended with its cluster or ends by itself.
    if (hadProgram) await ask('DELETE', this.#path).catch(() => undefined);
  }
}
