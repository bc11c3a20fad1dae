import type { EngineInfo, Table } from '../../server/protocol.ts';
import { button, element } from './element.ts';
import { rowsTable } from './rows-view.ts';
import { DATA_LOST, OTHERS_WORK } from './sentences.ts';

/** What the bar shows. */
export interface ClusterState {
  engine: EngineInfo | undefined;
  hasCluster: boolean;
  isBusy: boolean;
  /** Epoch milliseconds. */
  expiresAtMs: number | undefined;
  /** Why the last cluster is no more, until there is another. */
  lost: string | undefined;
  /** Why nothing can run now. */
  off: string | undefined;
  tables: Table[];
  hasOthersWork: boolean;
}

/** The reader's cluster at a glance: which engine, how long it stays, what its databases hold, and Reset. */
export class ClusterBar {
  readonly #bar: HTMLElement;
  readonly #engine = element('span', { class: 'engine' });
  readonly #state = element('span', { class: 'state' });
  readonly #reset: HTMLButtonElement;
  readonly #renew: HTMLButtonElement;
  readonly #tables = element('details', { class: 'tables' });
  #drawn: Table[] | undefined;

  constructor(bar: HTMLElement, { reset, renew }: { reset: () => void; renew: () => void }) {
    this.#bar = bar;
    bar.tabIndex = -1;
    this.#reset = button('Reset', reset, { 'data-action': 'reset', 'aria-label': 'Reset: remove your cluster with all its data' });
    this.#renew = button('New cluster', renew, { 'data-action': 'renew' });
    bar.replaceChildren(element('p', { class: 'cluster-line' }, element('span', {}, this.#engine, ' ', this.#state), this.#reset, this.#renew), this.#tables);
  }

  draw(cluster: ClusterState): void {
    const { hasCluster, lost, off } = cluster;
    this.#bar.hidden = false;
    this.#engine.textContent = engineSentence(cluster.engine);
    const state = stateSentence(cluster);
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#bar.classList.toggle('off', off !== undefined || lost !== undefined);
    // Focus that was on a button which goes stays in the bar.
    const focused = document.activeElement;
    this.#reset.hidden = !hasCluster;
    this.#renew.hidden = hasCluster || lost === undefined || off !== undefined;
    if (focused === this.#reset && this.#reset.hidden) this.#bar.focus();
    if (focused === this.#renew && this.#renew.hidden) this.#reset.focus();
    this.#drawTables(cluster.tables);
  }

  #drawTables(tables: Table[]): void {
    if (this.#drawn === tables) return;
    this.#drawn = tables;
    this.#tables.hidden = tables.length === 0;
    const names = tables.map(({ database, name, count }) => `${database}.${name}: ${rowCount(count)}`);
    this.#tables.replaceChildren(element('summary', {}, `What it holds: ${names.join(', ')}`), ...tables.map(tableView));
  }
}

function tableView({ database, name, columns, rows, count }: Table): HTMLElement {
  const title = `${database}.${name}`;
  const told = rows.length < count ? `${title}: the first ${rows.length} of ${rowCount(count)}` : `${title}: ${rowCount(count)}`;
  return element('div', {}, element('p', { class: 'told' }, told), element('div', { class: 'rows', tabindex: '0', role: 'group', 'aria-label': title }, rowsTable(columns, rows, told)));
}

const rowCount = (count: number): string => `${count} row${count === 1 ? '' : 's'}`;

function engineSentence(engine: EngineInfo | undefined): string {
  if (!engine) return '';
  const version = engine.version.replace(/ \(.*/, '');
  return engine.standIn ? `PostgreSQL stand-in ${version}, not CockroachDB` : `${engine.name} ${version}`;
}

function stateSentence({ hasCluster, isBusy, expiresAtMs, lost, off, hasOthersWork }: ClusterState): string {
  if (off !== undefined) return off;
  if (lost !== undefined) return `${lost} ${DATA_LOST}`;
  if (!hasCluster) return 'Run starts a cluster of your own.';
  if (isBusy) return 'Your cluster is running your code.';
  if (hasOthersWork) return `${OTHERS_WORK} Reset gives you a fresh one.`;
  if (expiresAtMs === undefined) return 'Your cluster is ready.';
  const minutes = Math.max(1, Math.round((expiresAtMs - Date.now()) / 60_000));
  return `Your cluster is ready; it is kept for ${minutes} min.`;
}
