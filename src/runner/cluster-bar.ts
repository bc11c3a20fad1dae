import type { EngineInfo, Table } from '../../server/protocol.ts';
import { button, element } from './element.ts';

/** What the bar shows. */
export interface ClusterState {
  engine: EngineInfo | undefined;
  state: 'none' | 'ready' | 'running';
  expiresAtMs: number | undefined;
  /** Why nothing can run now. */
  off: string | undefined;
  tables: Table[];
}

/** The reader's cluster at a glance: which engine, how long it stays, what its databases hold, and Reset. */
export class ClusterBar {
  readonly #bar: HTMLElement;
  readonly #line = element('span', { class: 'cluster-line' });
  readonly #reset: HTMLButtonElement;
  readonly #tables = element('details', { class: 'tables' });

  constructor(bar: HTMLElement, reset: () => void) {
    this.#bar = bar;
    this.#reset = button('Reset', reset, { 'data-action': 'reset', title: 'Removes your cluster with all its data; the next Run starts a new one' });
    bar.replaceChildren(element('p', {}, this.#line, this.#reset), this.#tables);
  }

  draw({ engine, state, expiresAtMs, off, tables }: ClusterState): void {
    this.#bar.hidden = false;
    this.#reset.hidden = state === 'none';
    this.#line.textContent = off ?? [engineSentence(engine), stateSentence(state, expiresAtMs)].filter(Boolean).join(' · ');
    this.#bar.classList.toggle('off', off !== undefined);
    this.#drawTables(tables);
  }

  #drawTables(tables: Table[]): void {
    this.#tables.hidden = tables.length === 0;
    this.#tables.replaceChildren(element('summary', {}, `Tables: ${tables.map(({ database, name, count }) => `${database}.${name} (${count})`).join(', ')}`), ...tables.map(tableView));
  }
}

function tableView({ database, name, columns, rows, count }: Table): HTMLElement {
  const cells = (row: (string | null)[]): HTMLElement[] => row.map((cell) => (cell === null ? element('td', { class: 'null' }, 'NULL') : element('td', {}, cell)));
  return element('div', { class: 'rows', tabindex: '0', role: 'group', 'aria-label': `${database}.${name}` },
    element('table', {},
      element('caption', {}, `${database}.${name}: ${count} row${count === 1 ? '' : 's'}${rows.length < count ? `, ${rows.length} shown` : ''}`),
      element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row)))),
    ),
  );
}

function engineSentence(engine: EngineInfo | undefined): string {
  if (!engine) return '';
  return engine.standIn ? `Runs on a PostgreSQL stand-in ${engine.version.replace(/ \(.*/, '')}, not CockroachDB` : `Runs on ${engine.name} ${engine.version}`;
}

function stateSentence(state: ClusterState['state'], expiresAtMs: number | undefined): string {
  if (state === 'none' || expiresAtMs === undefined) return 'Run starts a cluster of your own';
  const minutes = Math.max(1, Math.round((expiresAtMs - Date.now()) / 60_000));
  return `${state === 'running' ? 'Your cluster is busy' : 'Your cluster is ready'}, and stays ${minutes} min when unused`;
}
