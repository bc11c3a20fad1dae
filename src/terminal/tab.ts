import type { Mode, TerminalBeginning, TerminalEnd, TerminalOpening } from '../../shared/protocol.ts';
import { ask } from '../api/request.ts';
import { DATA_LOOK } from '../runner/cluster/data-look.ts';
import { element } from '../ui/element.ts';
import { DATA_LOST, waitSentence } from '../sentences/cluster-sentences.ts';
import { tellStatus } from '../ui/status.ts';
import { troubleOf } from '../api/trouble.ts';
import { waitTeller } from '../runner/cluster/wait-teller.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import { noteLine } from '../runner/cluster/journal.ts';
import { TypedLines } from './typed-lines.ts';
import { Answers } from './device-answers.ts';
import { CommandEnd } from './command-end.ts';
import { Connection } from './terminal-connection.ts';
import { EarlyInput } from './early-input.ts';
import { keepTerminal, type KeptTerminal } from './kept-screen.ts';
import { Pane } from './pane.ts';
import { Position } from './position.ts';
import {
  AWAY_SENTENCE,
  BACK_SENTENCE,
  exitSentence,
  GONE_SENTENCE,
  NEW_SENTENCE,
  NOT_REACHED_SENTENCE,
  NOT_TYPED_SENTENCE,
  OTHER_SHELL_SENTENCE,
  OWN_SESSION_SENTENCE,
  TAKEN_SENTENCE,
} from '../sentences/terminal-sentences.ts';

/** What the drawer's line says of a terminal, and what the reader can do about it. */
export interface Told {
  sentence: string;
  remedy?: { label: string; press: () => void };
}

/** What a terminal needs of the drawer and the page. */
export interface TabContext {
  workspace: Workspace;
  /** Draws the drawer's line, and the page's bar, anew. */
  redraw: () => void;
  /** What was typed, with a key held on the phone's row. */
  withKeys: (text: string) => string;
  isRead: () => boolean;
}

/** A line that is broken no longer than this is not told of, milliseconds. */
const TROUBLE_MS = 1000;
/** Attempts that failed after which the cluster itself is asked for. */
const LOOK_AFTER = 2;

const encoder = new TextEncoder();

/** One terminal: its pane, and the line to its program. */
export class Tab {
  readonly number: number;
  readonly mode: Mode;
  readonly pane: Pane;
  /** The command line of its shell; undefined for a plain one. */
  command: string | undefined;
  told: Told | undefined;
  readonly #context: TabContext;
  readonly #connection = new Connection(
    () => new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}${this.#path}`),
    {
      opening: () => this.#opening(),
      begin: (beginning, continues) => this.#begin(beginning, continues),
      data: (bytes, drawn) => this.#draw(bytes, drawn),
      end: (end) => this.#end(end),
      away: () => this.#away(),
    },
  );
  readonly #early = new EarlyInput((text) => this.#connection.send(encoder.encode(text)));
  readonly #answers = new Answers((text) => this.#connection.answer(encoder.encode(text)));
  readonly #commandEnd = new CommandEnd(() => void this.#lookAtData());
  /** For what was run here, to take home. */
  readonly #typed: TypedLines;
  #position = new Position();
  #sandbox: string | undefined;
  #claiming: AbortController | undefined;
  /** A step has opened it, and the reader was not told yet what that means. */
  #isOfStep = false;
  /** Its program has ended, or is another page's. */
  #isOver = false;
  #failures = 0;
  #trouble: ReturnType<typeof setTimeout> | undefined;

  constructor(number: number, mode: Mode, label: string, context: TabContext) {
    this.number = number;
    this.mode = mode;
    this.#context = context;
    this.#typed = new TypedLines((line) => noteLine(context.workspace, line));
    const { workspace } = context;
    const tables = {
      get tables() {
        return workspace.holdings.tables;
      },
      look: () => workspace.lookAtHoldings(),
    };
    this.pane = new Pane(
      element('div', { class: 'pane', role: 'tabpanel', id: `terminal-${mode}-${number}`, 'aria-label': label }),
      tables,
      {
        typed: (text) => this.type(context.withKeys(text)),
        answered: (text) => this.#answers.add(text),
        sent: (bytes) => this.#connection.send(bytes),
        resized: (columns, rows) => this.#connection.resize(columns, rows),
        lineFed: (shown) => this.#typed.lineFeed(shown),
      },
    );
  }

  /** It was started, and not ended by the reader. */
  get isOpen(): boolean {
    return this.pane.isFilled;
  }

  /**
   * Claims a cluster and opens the terminal in it, once `after` is true; `isOfStep` for the shell that a step opens.
   * Never throws: what goes wrong is told in the drawer's line.
   */
  async start(command = this.command, after?: Promise<boolean>, isOfStep = false): Promise<void> {
    this.command = command;
    this.#isOfStep = isOfStep;
    const ended = this.#forget();
    this.#early.hold();
    this.pane.fill(this.#context.isRead());
    const giveUp = (this.#claiming = new AbortController());
    const tell = waitTeller();
    this.#say(undefined);
    await ended;
    if (after && !(await after)) return this.#tell(NOT_REACHED_SENTENCE, 'Open it', () => void this.start());
    if (giveUp.signal.aborted) return;
    try {
      const { id } = await this.#context.workspace.claimPatiently((reason, seconds) => {
        tell(reason);
        this.#say(waitSentence(reason, seconds));
      }, giveUp.signal);
      this.#sandbox = id;
      this.#say(undefined);
      this.#connection.open();
      this.keep();
    } catch (cause) {
      if (giveUp.signal.aborted) return;
      const trouble = troubleOf(cause, { gaveUp: false, hasBegun: false });
      if (trouble.unknown) console.error(cause);
      this.#tell(trouble.sentence, 'Try again', () => void this.start());
    }
  }

  /** Goes on with a terminal that was left by a reload. */
  resume({ sandbox, command, shown }: KeptTerminal): void {
    this.command = command;
    this.#sandbox = sandbox;
    this.#position = new Position(shown);
    this.pane.fill(this.#context.isRead(), shown);
    this.#connection.open();
  }

  /** Types a command, and the key that ends the line; where its program may not wait for that, the reader is asked. */
  enter(command: string): void {
    this.pane.enter(command, this.#position.came === undefined);
  }

  /** A command is not typed: what it needs did not succeed. */
  refuse(): void {
    this.#say(NOT_TYPED_SENTENCE);
    tellStatus(NOT_TYPED_SENTENCE);
  }

  /** Another command line is wanted than the one that runs; the reader decides. */
  offer(command: string): void {
    this.#tell(OTHER_SHELL_SENTENCE, 'Start the new one', () => void this.start(command));
  }

  /** Keys for the program, as text. */
  type(text: string): void {
    this.#typed.input(text);
    this.#commandEnd.typed(text);
    this.#early.type(text);
  }

  /** There is, or is no, network. */
  set isOnline(isOnline: boolean) {
    if (!isOnline) this.#connection.lose();
    else if (this.#failures > 0) this.#connection.open();
  }

  /** Keeps what a reload of the page needs. */
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

  /** Ends its program, and leaves an empty pane. */
  end(): void {
    void this.#forget();
    this.#say(undefined);
  }

  get #path(): string {
    return `/api/sandboxes/${this.#sandbox}/terminals/${this.number}`;
  }

  #opening(): TerminalOpening {
    const from = this.#position.came;
    return { ...this.pane.size, ...(this.command !== undefined && { command: this.command }), ...(from && { from }) };
  }

  #begin(beginning: TerminalBeginning, continues: boolean): void {
    const isAnother = this.#position.begin(beginning, continues);
    if (this.#failures > 0 && this.told !== undefined) tellStatus(BACK_SENTENCE);
    this.#failures = 0;
    clearTimeout(this.#trouble);
    if (this.#isOfStep && !continues && !isAnother) this.#offerNote();
    else this.#say(isAnother ? NEW_SENTENCE : undefined);
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

  #end({ reason, exitCode, message }: TerminalEnd): void {
    this.#early.drop();
    this.#commandEnd.stop();
    this.#isOver = true;
    this.pane.reveal();
    const again = (label: string): void =>
      this.#tell(message ?? exitSentence(exitCode), label, () => void this.start());
    keepTerminal(this.mode, this.number, undefined);
    if (reason === 'taken') this.#tell(message ?? TAKEN_SENTENCE, 'Bring it here', () => this.#bring());
    else if (reason === 'exited') again('Start again');
    else if (reason === 'refused') again('Try again');
    else void this.#look(message);
  }

  #bring(): void {
    this.#isOver = false;
    this.#say(undefined);
    this.#connection.open();
  }

  /** The cluster seems to be gone: it is asked for, so that the page's bar knows it, too. */
  async #look(message?: string): Promise<void> {
    const { workspace } = this.#context;
    await workspace.look().catch(() => undefined);
    if (message === undefined && workspace.kept.sandbox === this.#sandbox) return;
    this.#connection.close();
    clearTimeout(this.#trouble);
    this.#tell(`${workspace.lost ?? message ?? GONE_SENTENCE} ${DATA_LOST}`, 'New cluster', () => void this.start());
  }

  #away(): void {
    this.#failures += 1;
    if (this.#failures === LOOK_AFTER) void this.#look();
    if (this.#failures > 1) return;
    clearTimeout(this.#trouble);
    this.#trouble = setTimeout(() => this.#tell(AWAY_SENTENCE, 'Try now', () => this.#connection.open()), TROUBLE_MS);
  }

  /** What was entered may have changed what the page shows of the cluster; of what a run does, that tells itself. */
  async #lookAtData(): Promise<void> {
    const { workspace } = this.#context;
    const before = workspace.holdings;
    if (workspace.kept.run) return;
    await workspace.lookAtHoldings();
    this.#context.redraw();
    if (workspace.holdings === before) dispatchEvent(new Event(DATA_LOOK));
  }

  #offerNote(): void {
    this.#isOfStep = false;
    this.#tell(OWN_SESSION_SENTENCE, 'OK', () => this.#say(undefined));
  }

  #tell(sentence: string, label: string, press: () => void): void {
    this.told = { sentence, remedy: { label, press } };
    tellStatus(sentence);
    this.#context.redraw();
  }

  #say(sentence: string | undefined): void {
    this.told = sentence === undefined ? undefined : { sentence };
    this.#context.redraw();
  }

  /** Ends the program, if there is one, and forgets it. Settles when the server knows. */
  async #forget(): Promise<void> {
    const hadProgram = this.#position.came !== undefined && !this.#isOver;
    this.#claiming?.abort();
    this.#connection.close();
    this.#early.drop();
    clearTimeout(this.#trouble);
    this.#position = new Position();
    this.#isOver = false;
    this.#failures = 0;
    this.pane.empty();
    keepTerminal(this.mode, this.number, undefined);
    // Gone with its cluster, or out of reach, it ends by itself.
    if (hadProgram) await ask('DELETE', this.#path).catch(() => undefined);
  }
}
