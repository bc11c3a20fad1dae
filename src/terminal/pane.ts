import { element } from '../ui/element.ts';
import { PROMPT } from './command-end.ts';
import type { KeptScreen } from './kept-screen.ts';
import { askToPaste } from './paste-question.ts';
import { readPasted } from './pasted-text.ts';
import { TerminalScreen, type ScreenListener } from './terminal-screen.ts';
import { SqlHelp, type Tables } from './sql-help.ts';
import { STARTING_SENTENCE } from '../sentences/terminal-sentences.ts';
import { PROGRAM_GETS_IT } from '../sentences/terminal-sentences.ts';

/** Matches the SQL shell's prompt when nothing is typed and no transaction is open. */
const IDLE_SQL = /^\S+@\S+\/\S*> $/;

/** The events of a pane. */
export type PaneListener = Pick<ScreenListener, 'typed' | 'answered' | 'sent' | 'resized' | 'lineFed'>;

/** Shows a terminal: first that it is starting, then its screen. Asks the reader before dangerous text goes in. */
export class Pane {
  readonly element: HTMLElement;
  readonly #listener: PaneListener;
  readonly #tables: Tables;
  #screen: TerminalScreen | undefined;
  #help: SqlHelp | undefined;

  constructor(pane: HTMLElement, tables: Tables, listener: PaneListener) {
    this.element = pane;
    this.#tables = tables;
    this.#listener = listener;
    pane.addEventListener('focusout', () => this.#help?.hide());
  }

  get isFilled(): boolean {
    return this.#screen !== undefined;
  }

  /** The text before the cursor on its line. */
  get line(): string {
    return this.#screen?.line ?? '';
  }

  get isIdleSql(): boolean {
    return IDLE_SQL.test(this.line);
  }

  get size(): { columns: number; rows: number } {
    const { columns = 80, rows = 12 } = this.#screen ?? {};
    return { columns, rows };
  }

  /** Creates the screen, with its stored content if there is any. `isRead` enables screen reader support. */
  fill(isRead: boolean, shown?: KeptScreen): void {
    const holder = element('div', { class: 'screen' });
    this.element.replaceChildren(holder, element('p', { class: 'starting' }, STARTING_SENTENCE));
    this.element.toggleAttribute('data-starting', shown === undefined);
    this.#screen = new TerminalScreen(
      holder,
      {
        ...this.#listener,
        typed: (text) => {
          this.#listener.typed(text);
          this.#help?.note(text);
        },
        pasted: (text) => this.#paste(text),
        painted: () => {
          if (this.#screen?.isBlank === false) this.reveal();
          this.#help?.update();
        },
        takes: (event) => this.#help?.takes(event) ?? false,
      },
      isRead,
      shown,
    );
    this.#help = new SqlHelp(this.element, this.#screen, this.#tables, (rest) => this.#screen?.type(rest));
    this.fit();
  }

  empty(): void {
    this.#screen?.remove();
    this.#screen = undefined;
    this.#help = undefined;
    this.element.replaceChildren();
  }

  /** Draws output. If `isOld`, questions in it get no answers. */
  draw(bytes: Uint8Array, drawn: () => void, isOld: boolean): void {
    this.#screen?.write(bytes, drawn, isOld);
  }

  /** Shows the screen instead of the notice that it is starting. */
  reveal(): void {
    this.element.removeAttribute('data-starting');
  }

  /** Clears the screen, after everything written so far. */
  clear(): void {
    this.#screen?.clear();
  }

  /** Types a command and Enter. Asks the reader first, unless a shell is waiting for it or, with `isEarly`, will be. */
  enter(command: string, isEarly: boolean): void {
    const pasted = readPasted(command);
    const isWaiting = isEarly || (PROMPT.test(this.line) && this.#screen?.isTaken === false);
    const enter = (text: string): void => this.#screen?.enter(text.replace(/\n+$/, ''));
    if (isWaiting && !pasted.asks) return enter(pasted.text);
    askToPaste(
      this.element,
      pasted,
      { verb: 'Type', ...(!isWaiting && { why: PROGRAM_GETS_IT }), done: () => this.focus() },
      enter,
    );
  }

  /** Presses a key of the phones' key row. */
  press(key: string): void {
    this.#screen?.press(key);
  }

  focus(): void {
    this.#screen?.focus();
  }

  fit(): void {
    if (!this.element.hidden) this.#screen?.fit();
  }

  recolour(): void {
    this.#screen?.recolour();
  }

  set isRead(isRead: boolean) {
    if (this.#screen) this.#screen.isRead = isRead;
  }

  keep(): Pick<KeptScreen, 'columns' | 'rows' | 'screen'> | undefined {
    return this.#screen?.keep();
  }

  #paste(text: string): void {
    const pasted = readPasted(text);
    if (!pasted.asks) this.#screen?.paste(pasted.text);
    else
      askToPaste(this.element, pasted, { verb: 'Paste', done: () => this.focus() }, (agreed) =>
        this.#screen?.paste(agreed),
      );
  }
}
