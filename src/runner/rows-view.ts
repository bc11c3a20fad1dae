import { formatTable } from '../../server/standin/shell/table.ts';
import { button, element } from './element.ts';

/** A SQL statement's answer as the wire gives it. */
export interface Answer {
  columns: string[];
  rows: (string | null)[][];
  tag: string;
}

/** More rows than this are not drawn. */
const MAX_ROWS = 200;

/** A statement's answer: a table, and the same in the shell's own format, one press apart. Without rows, its tag. */
export function rowsView({ columns, rows, tag }: Answer): HTMLElement {
  if (columns.length === 0) return element('pre', { class: 'out' }, formatTable(columns, rows, tag).trimEnd());
  const shown = rows.slice(0, MAX_ROWS);
  const table = element('table', {},
    element('caption', { class: 'visually-hidden' }, `${rows.length} row${rows.length === 1 ? '' : 's'}`),
    element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...shown.map((row) => element('tr', {}, ...row.map((cell) => (cell === null ? element('td', { class: 'null' }, 'NULL') : element('td', {}, cell)))))),
  );
  const shell = element('pre', { class: 'out', tabindex: '0', 'aria-label': 'Answer in the shell’s format' }, formatTable(columns, shown, tag).trimEnd());
  shell.hidden = true;
  const count = Number(/\d+$/.exec(tag)?.[0] ?? rows.length);
  const told = `${count} row${count === 1 ? '' : 's'}${count > shown.length ? `, the first ${shown.length} shown` : ''}`;
  const toggle = button('As the shell prints it', () => {
    table.hidden = !table.hidden;
    shell.hidden = !table.hidden;
    toggle.textContent = table.hidden ? 'As a table' : 'As the shell prints it';
  });
  return element('div', { class: 'answer' }, element('div', { class: 'rows', tabindex: '0', role: 'group', 'aria-label': 'Rows' }, table), shell, element('p', { class: 'told' }, told, ' ', toggle));
}
