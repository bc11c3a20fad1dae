import type { Table } from '../../server/protocol.ts';
import { counted } from '../counted.ts';
import { engineName } from '../engine-version.ts';
import type { BarActions, ClusterState } from './cluster-bar.ts';
import { stateOf } from './cluster-state.ts';
import { button, element } from './element.ts';
import { unlistedSentence } from './holdings.ts';
import { rowsTable } from './rows-view.ts';

/** What opens above the bar: the tables of the cluster, or its menu. */
export class ClusterPanel {
  readonly #parts = { tables: popover('What your cluster holds'), menu: popover('Your cluster') };
  readonly #state = element('p', { class: 'said' });
  readonly #engine = element('p');
  readonly #reset: HTMLButtonElement;
  readonly #confirm: HTMLElement;
  #holdings: ClusterState['holdings'] | undefined;

  /** `openers` are the buttons of the two; from then on the browser opens and shuts them, and says so to those who do not see it. */
  constructor(bar: HTMLElement, openers: { tables: HTMLButtonElement; menu: HTMLButtonElement }, { reset }: BarActions) {
    const { tables, menu } = this.#parts;
    bar.append(tables, menu);
    openers.tables.popoverTargetElement = tables;
    openers.menu.popoverTargetElement = menu;
    this.#reset = button('Reset', () => this.#ask(true), { 'data-action': 'reset', 'aria-label': 'Reset: remove your cluster with all its data' });
    const sure = button('Remove it', () => {
      this.#ask(false);
      menu.hidePopover();
      reset();
    }, { 'data-action': 'reset-sure' });
    const keep = button('Keep it', () => this.#ask(false), { 'data-action': 'reset-keep' });
    this.#confirm = element('p', { class: 'confirm', role: 'group' }, 'Remove your cluster, with all its data? ', sure, keep);
    this.#confirm.hidden = true;
    const desk = [button('Take it home', () => undefined, { 'data-desk': 'openTakeHome' }), button('Share', () => undefined, { 'data-desk': 'openShare' })];
    menu.append(this.#state, this.#engine, element('p', { class: 'choices' }, ...desk), this.#reset, this.#confirm);
    menu.addEventListener('toggle', () => this.#ask(false));
  }

  /** Opens one. */
  open(part: 'tables' | 'menu', source: HTMLElement): void {
    this.#parts[part].showPopover({ source });
  }

  draw(cluster: ClusterState): void {
    const { long } = stateOf(cluster);
    if (this.#state.textContent !== long) this.#state.textContent = long;
    const { engine, hasCluster, holdings } = cluster;
    this.#reset.disabled = !hasCluster;
    if (engine && this.#engine.dataset['name'] !== engineName(engine)) {
      this.#engine.dataset['name'] = engineName(engine);
      this.#engine.replaceChildren(...aboutEngine(engine));
    }
    if (this.#holdings === holdings) return;
    this.#holdings = holdings;
    const more = unlistedSentence(holdings);
    this.#parts.tables.replaceChildren(this.#parts.tables.firstElementChild!, ...holdings.tables.map(tableView), ...(more === undefined ? [] : [element('p', { class: 'told' }, more)]));
    if (holdings.tables.length === 0 && more === undefined) this.#parts.tables.hidePopover();
  }

  /** Asks whether the reader means it, in the place of the button. */
  #ask(isAsking: boolean): void {
    const hadFocus = this.#confirm.contains(document.activeElement) || document.activeElement === this.#reset;
    this.#reset.hidden = isAsking;
    this.#confirm.hidden = !isAsking;
    if (hadFocus) (isAsking ? this.#confirm.querySelector('button') : this.#reset)?.focus();
  }
}

function popover(title: string): HTMLElement {
  const heading = element('p', { class: 'panel-title' }, title);
  return element('div', { class: 'panel', popover: '', role: 'dialog', 'aria-label': title }, heading);
}

function aboutEngine(engine: NonNullable<ClusterState['engine']>): (string | HTMLElement)[] {
  if (!engine.standIn) return [`It is ${engineName(engine)}, a single node that only you use.`];
  const link = element('a', { href: '/the-stand-in.html' }, 'What that means');
  return [`It is no CockroachDB: this server has none, and runs your code on a stand-in, PostgreSQL that answers as CockroachDB ${engine.version.replace(/ \(.*/, '')} does. `, link, '.'];
}

function tableView({ database, name, columns, rows, count }: Table): HTMLElement {
  const title = `${database}.${name}`;
  const told = rows.length < count ? `${title}: the first ${rows.length} of ${counted(count, 'row')}` : `${title}: ${counted(count, 'row')}`;
  const table = element('div', { class: 'rows', tabindex: '0', role: 'group', 'aria-label': title }, rowsTable(columns, rows, told));
  return element('div', {}, element('p', { class: 'told' }, told), table);
}
