import type { TablePage } from '../../shared/protocol.ts';
import { button, element } from '../ui/element.ts';
import type { RowMark } from './changes.ts';
import { valueWord } from '../sentences/data-sentences.ts';

/** The sort order of a table; by its key when `column` is undefined. */
export interface Order {
  column: string | undefined;
  descending: boolean;
}

const ARROWS = { ascending: '▲', descending: '▼' } as const;

/**
 * Returns a page of a table with the marks of its rows. A press on a column's name sorts by it. All values are inserted
 * as text.
 */
export function gridOf(
  page: TablePage,
  marks: readonly RowMark[],
  order: Order,
  caption: string,
  sort: (order: Order) => void,
): HTMLTableElement {
  const { columns } = page;
  const keyAt = columns.findIndex(({ isKey }) => isKey);
  const sorted = order.column ?? columns[keyAt]?.name;
  const heads = columns.map(({ name, type, sum }) => {
    const way = name === sorted ? (order.descending ? 'descending' : 'ascending') : undefined;
    const press = button(name, () => sort({ column: name, descending: way === 'ascending' }), {
      title: `${type}; press to sort`,
    });
    if (way) press.append(element('span', { 'aria-hidden': 'true' }, ` ${ARROWS[way]}`));
    return element(
      'th',
      {
        scope: 'col',
        'data-column': name,
        ...(way && { 'aria-sort': way }),
        ...(sum !== undefined && { class: 'amount' }),
      },
      press,
    );
  });
  const rows = page.rows.map((row, at) => {
    const mark = marks[at];
    const cells = row.map((value, place) => {
      const { isKey, name, sum } = columns[place]!;
      const cell = element(
        isKey ? 'th' : 'td',
        {
          ...(isKey && { scope: 'row' }),
          ...(sum !== undefined ? { class: 'amount' } : value === null ? { class: 'null' } : {}),
        },
        value ?? 'NULL',
      );
      if (mark?.kind === 'changed' && mark.was.has(name)) markChanged(cell, mark.was.get(name)!);
      return cell;
    });
    if (mark?.kind === 'new') cells[Math.max(0, keyAt)]?.append(element('span', { class: 'mark' }, 'new'));
    return element('tr', mark ? { class: mark.kind } : {}, ...cells);
  });
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  );
}

/** Shows a cell's old value after its new one. A long old value is cut and shown completely on hover or focus. */
function markChanged(cell: HTMLElement, was: string | null): void {
  const text = valueWord(was);
  cell.classList.add('changed');
  const pair = element(
    'span',
    { class: 'pair' },
    cell.textContent,
    element(
      'span',
      { class: 'was', tabindex: '0', title: `was ${text}` },
      element('span', { class: 'visually-hidden' }, ', '),
      `was ${text}`,
    ),
  );
  cell.replaceChildren(pair);
}
