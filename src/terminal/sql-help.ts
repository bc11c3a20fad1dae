import type { Table } from '../../shared/protocol.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import { CompletionList } from './completion-list.ts';
import { completionsOf, type Completion, type SqlWords } from './completions.ts';
import type { TerminalScreen } from './terminal-screen.ts';
import { sqlTextIn } from './sql-text.ts';
import { TypedWord } from './typed-word.ts';

/** The tables of a cluster, as the page knows them. */
export interface Tables {
  readonly tables: readonly Table[];
  /** Reads them again. */
  look: () => Promise<void>;
}

/** Returns the tables of a reader's cluster, as the page knows them at each time. */
export function tablesOf(workspace: Workspace): Tables {
  return {
    get tables() {
      return workspace.holdings.tables;
    },
    look: () => workspace.refreshHoldings(),
  };
}

/** The most lines of one statement that are read. */
const MAX_LINES = 40;
/** The least time between two reads of the tables, in milliseconds. */
const LOOK_AGAIN_MS = 5000;

let words: Promise<SqlWords | undefined> | undefined;

/** Completion in the SQL shell: offers completions of what is typed. It never runs anything. */
export class SqlHelp {
  readonly #screen: TerminalScreen;
  readonly #tables: Tables;
  readonly #list: CompletionList;
  readonly #type: (text: string) => void;
  readonly #typed = new TypedWord();
  /** Tab was pressed before the whole word was echoed. It takes effect once it is. */
  #isTabDue = false;
  #words: SqlWords | undefined;
  /** The reader has typed since the last statement and has not closed the list. */
  #isWanted = false;
  #lookedMs = Number.NEGATIVE_INFINITY;

  /** `type` types the rest of a completion into the terminal. */
  constructor(pane: HTMLElement, screen: TerminalScreen, tables: Tables, type: (text: string) => void) {
    this.#screen = screen;
    this.#tables = tables;
    this.#type = type;
    this.#list = new CompletionList(pane, (completion) => this.#take(completion));
  }

  /** The reader typed a text. */
  note(typed: string): void {
    this.#typed.note(typed);
    this.#isTabDue = false;
    this.#isWanted = /^[\w\s.(,*"\x7f\b]$|^\x1b\[[CD]$/.test(typed) && typed !== '\r';
    if (!this.#isWanted) return this.#list.hide();
    if (!sqlTextIn(this.#screen.linesTo(MAX_LINES))) return;
    words ??= fetch('/sql-words.json')
      .then((answer) => answer.json() as Promise<SqlWords>)
      .catch(() => (words = undefined));
    void words.then((fetched) => {
      this.#words = fetched;
      this.update();
    });
    if (performance.now() - this.#lookedMs < LOOK_AGAIN_MS) return;
    this.#lookedMs = performance.now();
    void this.#tables.look().then(() => this.update());
  }

  /** The screen was painted. */
  update(): void {
    if (this.#isTabDue) this.#takeChosen();
    else this.#draw();
  }

  #draw(): void {
    if (!this.#isWanted || !this.#words) return;
    const text = this.#screen.hasFocus ? sqlTextIn(this.#screen.linesTo(MAX_LINES)) : undefined;
    if (!text) return this.#list.hide();
    const { completions, hint } = completionsOf(text, this.#words, this.#tables.tables);
    this.#list.show(completions, hint, this.#screen.cursor);
  }

  /** Handles a key if it is for the list: Tab accepts, Escape closes it, arrows choose. Returns whether it was. */
  takes({ type, key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    if (type !== 'keydown' || ctrlKey || altKey || metaKey || shiftKey || !this.#list.isShown) return false;
    if (key === 'ArrowDown') return this.#list.walk(1);
    if (key === 'ArrowUp') return this.#list.walk(-1);
    if (key === 'Escape') {
      this.#isWanted = false;
      this.#list.hide();
      return true;
    }
    if (key !== 'Tab' || !this.#list.chosen) return false;
    this.#takeChosen();
    return true;
  }

  hide(): void {
    this.#isWanted = false;
    this.#isTabDue = false;
    this.#list.hide();
  }

  /** Accepts the chosen completion, or waits until the whole word has been echoed. */
  #takeChosen(): void {
    // What was echoed since the list was drawn is no longer to be typed.
    this.#draw();
    const { chosen } = this.#list;
    this.#isTabDue = !this.#typed.isAtEndOf(sqlTextIn(this.#screen.linesTo(MAX_LINES))?.before ?? '');
    if (chosen && !this.#isTabDue) this.#take(chosen);
  }

  #take({ rest }: Completion): void {
    this.#isTabDue = false;
    this.#list.hide();
    this.#type(rest);
  }
}
