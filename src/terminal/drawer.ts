import xtermRules from '@xterm/xterm/css/xterm.css?inline';
import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import { announceSheet, closeForOthers } from '../ui/sheets.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import { announce } from '../ui/status.ts';
import { readStored, writeStored } from '../ui/storage.ts';
import drawerRules from '../styles/drawer.css?inline';
import { DrawerEdge } from './drawer-edge.ts';
import { DrawerFocus } from './drawer-focus.ts';
import { DrawerHead } from './drawer-head.ts';
import { KeyRow } from './key-row.ts';
import { keepDrawer, recallDrawer, recallTerminal } from './kept-screen.ts';
import { OPENED_SENTENCE } from '../sentences/terminal-sentences.ts';
import { raiseAboveKeyboard } from './phone-keyboard.ts';
import { addRules } from '../ui/style-rules.ts';
import { Tab } from './tab.ts';

/** What the drawer needs from the page. */
export interface DrawerPage {
  workspaces: Record<Mode, Workspace>;
  /** Returns the current mode. */
  mode: () => Mode;
  redraw: () => void;
}

/** What a press asks for when it opens the drawer. Empty: show what was shown before. */
export interface DrawerRequest {
  /** The command line of a SQL shell to open. */
  command?: string;
  /** A command to run in the plain shell. */
  line?: string;
  /** The step that must succeed first, and a promise that settles when its run is over. */
  step?: string | undefined;
  after?: Promise<void> | undefined;
}

const READ_KEY = 'bankrun:screen-reader';
/** The number of the SQL shell's terminal. */
const SQL_SHELL = 2;
const LABELS: Record<number, string> = { 1: 'Terminal', [SQL_SHELL]: 'SQL shell' };
const NUMBERS = Object.keys(LABELS).map(Number);
const SQL_COMMANDS: Record<Mode, string> = {
  secure: 'cockroach sql --certs-dir=certs',
  insecure: 'cockroach sql --insecure',
};

/** The drawer above the bar: a terminal and a SQL shell for each mode. Created when it is first opened. */
export class Drawer {
  readonly #frame: HTMLElement;
  readonly #page: DrawerPage;
  readonly #tabs: Record<Mode, Tab[]>;
  readonly #head: DrawerHead;
  readonly #edge: DrawerEdge;
  readonly #focus: DrawerFocus;
  #number = 1;
  #isOpen = false;
  #isRead = Boolean(readStored(() => localStorage, READ_KEY));

  /** Fills `frame`, which is already in the page. */
  constructor(frame: HTMLElement, page: DrawerPage) {
    addRules(xtermRules);
    addRules(drawerRules);
    this.#frame = frame;
    this.#page = page;
    const keys = new KeyRow((key) => this.#shown.pane.press(key));
    const context = {
      redraw: () => this.#redraw(),
      withKeys: (text: string) => keys.apply(text),
      isRead: () => this.#isRead,
    };
    const tabsOf = (mode: Mode): Tab[] =>
      NUMBERS.map((number) => new Tab(number, mode, LABELS[number]!, { ...context, workspace: page.workspaces[mode] }));
    this.#tabs = { secure: tabsOf('secure'), insecure: tabsOf('insecure') };
    this.#head = new DrawerHead(
      NUMBERS.map((number) => ({ number, label: LABELS[number]! })),
      {
        choose: (number) => this.#show(number),
        end: () => this.#endShown(),
        type: (text) => this.type(text),
        toggleRead: () => this.#toggleRead(),
        hide: () => this.hide(),
      },
    );
    this.#head.isRead = this.#isRead;
    this.#edge = new DrawerEdge(() => this.#all.forEach((tab) => tab.pane.fit()));
    frame.dataset['ready'] = '';
    frame.replaceChildren(
      this.#edge.element,
      this.#head.element,
      ...this.#all.map(({ pane }) => pane.element),
      keys.element,
    );
    this.#focus = new DrawerFocus({ frame, isOpen: () => this.#isOpen, pane: () => this.#shown.pane });
    this.#listen();
  }

  /**
   * Opens the drawer with what `wish` asks for; the bar's button closes it when it is open. The focus stays where it
   * is. `typed` is what the reader typed there in the meantime, and goes into the terminal.
   */
  open(opener: HTMLElement | null | undefined, wish: DrawerRequest = {}, typed = ''): void {
    if (this.#isOpen && isInBar(opener)) return this.hide();
    const wasOpen = this.#isOpen;
    this.#focus.comeFrom(opener);
    this.#isOpen = true;
    this.#frame.hidden = false;
    this.#edge.isOpen = true;
    this.#show(this.#numberOf(opener, wish), wish);
    announceSheet(this.#frame);
    if (typed !== '') this.type(typed);
    if (opener && !wasOpen) announce(OPENED_SENTENCE);
    // The runner keeps its own steps in view, and the bar is never covered.
    if (opener?.closest('main') && !document.documentElement.classList.contains('pinned'))
      opener.scrollIntoView({ block: 'nearest' });
  }

  /** Returns which terminal to show: after the bar's button the last one, after a link in the text a plain terminal. */
  #numberOf(opener: HTMLElement | null | undefined, { command, line }: DrawerRequest): number {
    if (command !== undefined) return SQL_SHELL;
    if (line !== undefined || (opener && !isInBar(opener))) return 1;
    return opener ? this.#number : (recallDrawer()?.number ?? 1);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Types a text that was typed outside of the terminal, and focuses the terminal. */
  type(text: string): void {
    this.#shown.pane.focus();
    this.#shown.type(text);
  }

  /** Hides the drawer. Its programs keep running. */
  hide(): void {
    const hadFocus = this.#focus.isInside;
    this.#isOpen = false;
    this.#frame.hidden = true;
    this.#edge.isOpen = false;
    keepDrawer(undefined);
    this.#redraw();
    if (hadFocus) this.#focus.leave();
  }

  get #all(): Tab[] {
    return MODES.flatMap((mode) => this.#tabs[mode]);
  }

  get #shown(): Tab {
    return this.#tabs[this.#page.mode()].find(({ number }) => number === this.#number)!;
  }

  #listen(): void {
    closeForOthers(this.#frame, () => this.hide());
    addEventListener('modechange', () => this.#isOpen && this.#show(this.#number));
    for (const [type, isOnline] of [
      ['online', true],
      ['offline', false],
    ] as const)
      addEventListener(type, () => this.#all.forEach((tab) => (tab.isOnline = isOnline)));
    // A page that is left for good sends one of these events.
    for (const type of ['pagehide', 'visibilitychange'])
      document.defaultView?.addEventListener(type, () => this.#all.forEach((tab) => tab.keep()), { capture: true });
    const recolour = (): void => this.#all.forEach((tab) => tab.pane.recolour());
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
    raiseAboveKeyboard(this.#frame);
    // Watches the panes and not only the drawer, because a sentence in the drawer's head makes the pane smaller.
    const fitting = new ResizeObserver(() => this.#isOpen && this.#shown.pane.fit());
    for (const { pane } of this.#all) fitting.observe(pane.element);
  }

  /** Shows a terminal. Starts or resumes it when it is not open, with `wish.command` if there is one. */
  #show(number: number, wish: DrawerRequest = {}): void {
    this.#number = number;
    for (const tab of this.#all) tab.pane.element.hidden = tab !== this.#shown;
    const tab = this.#shown;
    const { command, line } = wish;
    const isAnother = command !== undefined && command !== tab.command;
    const kept = tab.isOpen ? undefined : recallTerminal(tab.mode, number);
    const after = this.#isDone(wish);
    if (kept && (command === undefined || kept.command === command)) tab.resume(kept);
    else if (!tab.isOpen || (isAnother && tab.pane.isIdleSql))
      void tab.start(
        command ?? (number === SQL_SHELL ? (tab.command ?? SQL_COMMANDS[tab.mode]) : undefined),
        after,
        command === undefined ? undefined : wish.step,
      );
    else if (isAnother) tab.offer(command);
    if (line !== undefined) void after.then((isDone) => (isDone ? tab.enter(line) : tab.line.tellNotTyped()));
    tab.pane.fit();
    keepDrawer({ isOpen: true, mode: tab.mode, number });
    this.#redraw();
  }

  /** Returns whether the step that a wish requires has succeeded, once its run is over. */
  async #isDone({ step, after }: DrawerRequest): Promise<boolean> {
    const workspace = this.#page.workspaces[this.#page.mode()];
    await after;
    return step === undefined || workspace.plan().states.get(step)?.state === 'done';
  }

  #endShown(): void {
    this.#shown.end();
    if (this.#focus.isInside) this.#focus.leave();
    const other = this.#tabs[this.#shown.mode].find((tab) => tab.isOpen);
    if (other) this.#show(other.number);
    else this.hide();
  }

  #toggleRead(): void {
    this.#isRead = !this.#isRead;
    this.#head.isRead = this.#isRead;
    for (const tab of this.#all) tab.pane.isRead = this.#isRead;
    // If storage is refused, the choice lasts until the page is left.
    writeStored(() => localStorage, READ_KEY, this.#isRead ? 1 : undefined);
  }

  #redraw(): void {
    const { line, mode, pane } = this.#shown;
    if (this.#head.draw(this.#number, mode, line.told)) pane.focus();
    for (const opener of document.querySelectorAll('[data-cluster] [data-action="terminal"]'))
      opener.setAttribute('aria-expanded', String(this.#isOpen));
    this.#page.redraw();
  }
}

/** Returns whether the opener is the bar's button, which opens the drawer rather than something in it. */
function isInBar(opener: HTMLElement | null | undefined): boolean {
  return Boolean(opener?.closest('[data-cluster]'));
}
