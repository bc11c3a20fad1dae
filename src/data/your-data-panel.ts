import type { Holdings, Table } from '../../shared/protocol.ts';
import { DATA_LOOK } from '../runner/cluster/data-look.ts';
import { button, element } from '../ui/element.ts';
import { tableTitle } from '../sentences/table-words.ts';
import { writeStored } from '../ui/storage.ts';
import { PANEL_KEY, recallPanel, type PanelMemory } from './kept-panel.ts';
import { announceSheet, closeForOthers } from '../ui/sheets.ts';
import { addRules } from '../ui/style-rules.ts';
import rules from './data.css?inline';
import { TableList } from './table-list.ts';
import { isNewSince } from './new-table.ts';
import { TableView } from './table-view.ts';
import { NO_CLUSTER_YET, NO_TABLES_YET } from '../sentences/data-sentences.ts';

/** What the panel needs to know about the cluster of the current mode. */
export interface ShownCluster {
  /** The sandbox's id; undefined when there is none. */
  sandbox: string | undefined;
  holdings: Holdings;
  /** Whether a run is under way in it. */
  isBusy: boolean;
}

let panel: DataPanel | undefined;

/**
 * Opens or closes the page's data panel. If nobody pressed the button, restores its state. Returns the panel, which
 * must be told of changes with `draw`.
 */
export function showData(
  bar: HTMLElement,
  opener: HTMLButtonElement,
  cluster: ShownCluster,
  isPressed: boolean,
): DataPanel {
  panel ??= new DataPanel(bar, opener);
  panel.draw(cluster);
  if (isPressed) panel.toggle();
  else panel.reopen();
  return panel;
}

/**
 * The panel with the contents of the reader's databases, next to the tutorial; on narrow windows a sheet at the bottom.
 * Reads nothing while it is closed.
 */
export class DataPanel {
  readonly #opener: HTMLButtonElement;
  readonly #bar: HTMLElement;
  readonly #heading = element('h2', { tabindex: '-1', id: 'data-heading' }, 'Your data');
  readonly #taller = button('', () => this.#stretch(!this.#panel.classList.contains('tall')), { class: 'taller' });
  readonly #empty = element('p', { class: 'told' });
  readonly #list = new TableList((table) => this.#choose(table));
  readonly #view = new TableView();
  readonly #panel: HTMLElement;
  #cluster: ShownCluster | undefined;
  #known: { sandbox: string | undefined; holdings: Holdings; isStale: boolean } | undefined;
  #table = recallPanel()?.table;
  #hasRun = false;

  constructor(bar: HTMLElement, opener: HTMLButtonElement) {
    addRules(rules);
    this.#bar = bar;
    this.#opener = opener;
    const again = button('Read again', () => this.#readAgain(), { class: 'again' });
    const close = button('', () => this.close(), { class: 'close', 'aria-label': 'Close: Your data' });
    close.append(element('span', { 'aria-hidden': 'true' }, '✕'));
    const { classList } = document.querySelector('main')!;
    const place = classList.contains('with-contents')
      ? ' over-contents'
      : classList.contains('home')
        ? ''
        : ' past-text';
    this.#panel = element(
      'aside',
      { class: `data${place}`, id: 'data', 'aria-labelledby': 'data-heading', hidden: '' },
      element('header', {}, this.#heading, again, this.#taller, close),
      this.#empty,
      this.#list.element,
      this.#view.element,
    );
    this.#stretch(false);
    bar.before(this.#panel);
    opener.setAttribute('aria-controls', 'data');
    opener.setAttribute('aria-expanded', 'false');
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
    closeForOthers(this.#panel, () => this.close(false));
    addEventListener(DATA_LOOK, () => this.#isOpen && void this.#view.read());
  }

  get #isOpen(): boolean {
    return !this.#panel.hidden;
  }

  /** Whether the panel covers the text: style sheets decide, and show the button for its height only then. */
  get #isSheet(): boolean {
    return this.#taller.checkVisibility();
  }

  /** Opens or closes the panel. Moves the focus into it when it was opened by keyboard. */
  toggle(): void {
    if (this.#isOpen) return this.close();
    const byKeyboard = this.#opener.matches(':focus-visible');
    this.open();
    if (byKeyboard) this.#heading.focus();
  }

  /** Opens the panel unless it would cover the text. */
  reopen(): void {
    if (this.#isOpen) return;
    this.#panel.hidden = false;
    const isSheet = this.#isSheet;
    this.#panel.hidden = true;
    if (!isSheet) this.open();
  }

  open(): void {
    this.#panel.hidden = false;
    this.#opener.setAttribute('aria-expanded', 'true');
    announceSheet(this.#panel);
    this.#remember();
    if (this.#cluster) this.draw(this.#cluster);
  }

  /** Closes the panel. If it had the focus, moves the focus to its button, or to the bar. */
  close(givesFocus = true): void {
    if (!this.#isOpen) return;
    const hadFocus = this.#panel.contains(document.activeElement);
    this.#panel.hidden = true;
    this.#opener.setAttribute('aria-expanded', 'false');
    this.#view.stop();
    this.#known &&= { ...this.#known, isStale: true };
    this.#remember();
    if (hadFocus && givesFocus) (this.#opener.hidden ? this.#bar : this.#opener).focus();
  }

  /** Draws the current cluster. Reads again when a run or another tab has changed something. */
  draw(cluster: ShownCluster): void {
    this.#cluster = cluster;
    const { sandbox, holdings, isBusy } = cluster;
    const known = this.#known?.sandbox === sandbox ? this.#known : undefined;
    this.#hasRun = isBusy || (this.#hasRun && known !== undefined);
    // A run counts as a step even if it changed nothing; merely reading again does not.
    const isStep =
      known !== undefined &&
      known.holdings !== holdings &&
      (this.#hasRun || JSON.stringify(known.holdings) !== JSON.stringify(holdings));
    if (isStep) {
      this.#hasRun = false;
      if (sandbox !== undefined) this.#view.turn(sandbox, holdings);
    }
    if (known && !isStep && !known.isStale) return;
    this.#known = { sandbox, holdings, isStale: !this.#isOpen };
    if (this.#isOpen) this.#show(sandbox, holdings, isStep ? known.holdings : undefined);
  }

  /** `before` is what the cluster held before the last step. */
  #show(sandbox: string | undefined, holdings: Holdings, before: Holdings | undefined): void {
    this.#list.show(holdings, before);
    const { tables } = holdings;
    const table = tables.find((each) => tableTitle(each) === this.#table) ?? tables[0];
    this.#empty.hidden = table !== undefined;
    this.#view.element.hidden = table === undefined;
    this.#empty.textContent = sandbox === undefined ? NO_CLUSTER_YET : NO_TABLES_YET;
    this.#list.mark(table && tableTitle(table));
    if (!table || sandbox === undefined) return this.#view.stop();
    void this.#view.show(sandbox, table, before !== undefined && isNewSince(before, table));
  }

  #choose(table: Table): void {
    const { sandbox } = this.#cluster ?? {};
    this.#table = tableTitle(table);
    this.#list.mark(this.#table);
    this.#remember();
    if (sandbox !== undefined) void this.#view.show(sandbox, table);
  }

  #readAgain(): void {
    const { sandbox, holdings } = this.#cluster ?? {};
    if (sandbox === undefined || !holdings) return;
    this.#view.turn(sandbox, holdings);
    void this.#view.read();
  }

  /** Switches between the two heights of the sheet. */
  #stretch(isTall: boolean): void {
    this.#panel.classList.toggle('tall', isTall);
    this.#taller.replaceChildren(element('span', { 'aria-hidden': 'true' }, isTall ? '▾' : '▴'));
    this.#taller.setAttribute('aria-label', isTall ? 'Make the panel lower' : 'Make the panel taller');
  }

  #remember(): void {
    const memory: PanelMemory = { isOpen: this.#isOpen, table: this.#table };
    writeStored(() => sessionStorage, PANEL_KEY, memory);
  }
}
