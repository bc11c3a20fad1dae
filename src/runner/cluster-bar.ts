import type { EngineInfo, Holdings, Table } from '../../server/protocol.ts';
import { engineName } from '../engine-version.ts';
import { button, element } from './element.ts';
import { rowsTable } from './rows-view.ts';
import { DATA_LOST, keptSentence, OTHERS_WORK } from './sentences.ts';

/** What the bar shows. */
export interface ClusterState {
  engine: EngineInfo | undefined;
  hasCluster: boolean;
  isBusy: boolean;
  /** Epoch milliseconds. */
  expiresAtMs: number | undefined;
  /** How far the claim of a cluster is, or why it failed; undefined when nobody claims one. */
  claim: string | undefined;
  /** "New cluster" was pressed, and is under way. */
  isRenewing: boolean;
  /** Why the last cluster is no more, until there is another. */
  lost: string | undefined;
  /** Why nothing can run now. */
  off: string | undefined;
  holdings: Holdings;
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
  #drawn: Holdings | undefined;

  constructor(bar: HTMLElement, { reset, renew }: { reset: () => void; renew: () => void }) {
    this.#bar = bar;
    bar.tabIndex = -1;
    this.#reset = button('Reset', reset, { 'data-action': 'reset', 'aria-label': 'Reset: remove your cluster with all its data' });
    this.#renew = button('New cluster', renew, { 'data-action': 'renew' });
    bar.replaceChildren(element('p', { class: 'cluster-line' }, element('span', {}, this.#engine, ' ', this.#state), this.#reset, this.#renew), this.#tables);
  }

  draw(cluster: ClusterState): void {
    const { hasCluster, isBusy, isRenewing, lost, off } = cluster;
    this.#bar.hidden = false;
    this.#engine.textContent = engineSentence(cluster.engine);
    const state = stateSentence(cluster);
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#bar.classList.toggle('off', off !== undefined || lost !== undefined);
    // Focus that was on a button which goes stays in the bar.
    const focused = document.activeElement;
    this.#reset.hidden = !hasCluster;
    this.#renew.hidden = !isRenewing && (hasCluster || isBusy || lost === undefined || off !== undefined);
    this.#renew.textContent = isRenewing ? 'Stop waiting' : 'New cluster';
    if (focused === this.#reset && this.#reset.hidden) this.#bar.focus();
    if (focused === this.#renew && this.#renew.hidden) (this.#reset.hidden ? this.#bar : this.#reset).focus();
    this.#drawHoldings(cluster.holdings);
  }

  #drawHoldings(holdings: Holdings): void {
    if (this.#drawn === holdings) return;
    this.#drawn = holdings;
    const sentence = holdingsSentence(holdings);
    this.#tables.hidden = sentence === undefined;
    this.#tables.replaceChildren(element('summary', {}, sentence ?? ''), ...holdings.tables.map(tableView));
  }
}

function tableView({ database, name, columns, rows, count }: Table): HTMLElement {
  const title = `${database}.${name}`;
  const told = rows.length < count ? `${title}: the first ${rows.length} of ${rowCount(count)}` : `${title}: ${rowCount(count)}`;
  return element('div', {}, element('p', { class: 'told' }, told), element('div', { class: 'rows', tabindex: '0', role: 'group', 'aria-label': title }, rowsTable(columns, rows, told)));
}

const rowCount = (count: number): string => counted(count, 'row');
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What the databases hold, and how much of it is not listed; undefined when they hold nothing. */
export function holdingsSentence({ tables, unlisted }: Holdings): string | undefined {
  const listed = tables.map(({ database, name, count }) => `${database}.${name}: ${rowCount(count)}`).join(', ');
  const more = [unlisted.tables > 0 ? counted(unlisted.tables, 'more table') : '', unlisted.databases > 0 ? counted(unlisted.databases, 'more database') : ''].filter(Boolean);
  const said = [listed, more.length > 0 ? `not listed here: ${more.join(', ')}` : ''].filter(Boolean);
  return said.length > 0 ? `What it holds: ${said.join('; ')}` : undefined;
}

function engineSentence(engine: EngineInfo | undefined): string {
  if (!engine) return '';
  return engine.standIn ? `${engineName(engine)}, not CockroachDB` : engineName(engine);
}

function stateSentence({ hasCluster, isBusy, expiresAtMs, claim, lost, off, hasOthersWork }: ClusterState): string {
  if (off !== undefined) return off;
  if (!hasCluster && claim !== undefined) return claim;
  if (lost !== undefined) return `${lost} ${DATA_LOST}`;
  if (!hasCluster) return 'Run starts a cluster of your own.';
  if (isBusy) return 'Your cluster is running your code.';
  if (hasOthersWork) return `${OTHERS_WORK} Reset gives you a fresh one.`;
  if (expiresAtMs === undefined) return 'Your cluster is ready.';
  return `Your cluster is ready; it is kept for ${keptSentence(expiresAtMs - Date.now())}.`;
}
