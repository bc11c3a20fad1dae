import type { RunEvent } from '../../shared/protocol.ts';
import { tablelessAnswer } from '../../shared/shell-table/tag.ts';
import { element } from '../ui/element.ts';
import { countSentence, rowsTable } from '../runner/result/rows-view.ts';

/** The most rows that the table shows. */
const MAX_ROWS = 200;

/** Returns a statement's answer as a table with its row count; for a statement without rows, what the shell prints. */
export function rowsElement({ columns, rows, tag, count = rows.length }: RunEvent & { type: 'rows' }): HTMLElement {
  const tableless = tablelessAnswer(columns, tag, count);
  if (tableless !== undefined) return element('pre', { class: 'out' }, tableless);
  const drawn = rows.slice(0, MAX_ROWS);
  const grid = element(
    'div',
    { class: 'rows', tabindex: '0', role: 'group', 'aria-label': 'Rows' },
    rowsTable(columns, drawn, 'Answer'),
  );
  return element('div', { class: 'answer' }, grid, element('p', { class: 'told' }, countSentence(count, drawn.length)));
}
