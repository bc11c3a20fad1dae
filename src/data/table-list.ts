import type { Holdings, Table } from '../../shared/protocol.ts';
import { counted } from '../sentences/counted.ts';
import { button, element } from '../ui/element.ts';
import { tableTitle } from '../sentences/table-words.ts';
import { unlistedSentence } from '../sentences/data-sentences.ts';
import { isNewSince } from './new-table.ts';

/** Lists the tables of the reader's databases with their row counts. Pressing one shows it. */
export class TableList {
  readonly element = element('div', { class: 'tables' });
  readonly #choose: (table: Table) => void;

  constructor(choose: (table: Table) => void) {
    this.#choose = choose;
  }

  /** Shows the tables. A count that differs from `before` is shown with its old value. */
  show(holdings: Holdings, before?: Holdings): void {
    const counts = new Map(before?.tables.map((table) => [tableTitle(table), table.count]));
    const items = holdings.tables.map((table) => {
      const title = tableTitle(table);
      const was = counts.get(title);
      const word = was !== undefined ? `was ${was}` : before && isNewSince(before, table) ? 'new' : undefined;
      const change = word === undefined || was === table.count ? [] : [element('span', { class: 'was' }, word)];
      const press = button('', () => this.#choose(table), { 'data-table': title });
      press.append(
        element('span', { class: 'name' }, title),
        ' ',
        element('span', { class: 'count' }, counted(table.count, 'row')),
        ' ',
        ...change,
      );
      return element('li', {}, press);
    });
    const more = unlistedSentence(holdings);
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-table]')?.dataset[
      'table'
    ];
    this.element.replaceChildren(
      ...(items.length > 0 ? [element('ul', {}, ...items)] : []),
      ...(more === undefined ? [] : [element('p', { class: 'told' }, more)]),
    );
    if (focused !== undefined) this.#buttonOf(focused)?.focus();
  }

  /** Marks the table that is shown. */
  mark(title: string | undefined): void {
    for (const press of this.element.querySelectorAll<HTMLElement>('[data-table]'))
      press.setAttribute('aria-pressed', String(press.dataset['table'] === title));
  }

  #buttonOf(title: string): HTMLElement | undefined {
    return [...this.element.querySelectorAll<HTMLElement>('[data-table]')].find(
      (press) => press.dataset['table'] === title,
    );
  }
}
