import { formatTable, hasNoRows } from '../../server/standin/shell/table.ts';
import { button, element } from './element.ts';

/** A SQL statement's answer as the wire gives it. */
export interface Answer {
  columns: string[];
  rows: (string | null)[][];
  tag: string;
}

/** More than this is not drawn. */
const MAX_ROWS = 200;
const MAX_SHELL_LINES = 1000;
const MAX_CELL_CHARACTERS = 500;

/** A statement's answer: a table, and the same in the shell's own format, one press apart. Without rows, what the shell says. */
export function rowsView(answer: Answer): HTMLElement {
  const { columns, rows, tag } = answer;
  if (rows.length === 0 && hasNoRows(columns, tag)) return element('pre', { class: 'out' }, shellText(answer));
  const shown = rows.slice(0, MAX_ROWS);
  const grid = element('div', { class: 'rows', tabindex: '0', role: 'group', 'aria-label': 'Rows' }, rowsTable(columns, shown, 'Answer'));
  const shell = element('pre', { class: 'out', tabindex: '0', role: 'group', 'aria-label': 'Rows as the shell prints them' });
  shell.hidden = true;
  const toggle = button('As the shell prints it', () => {
    if (shell.textContent === '') shell.textContent = shellText(answer);
    grid.hidden = !grid.hidden;
    shell.hidden = !grid.hidden;
    toggle.textContent = grid.hidden ? 'As a table' : 'As the shell prints it';
  });
  const count = `${rows.length} row${rows.length === 1 ? '' : 's'}`;
  const told = shown.length < rows.length ? `${count}, the first ${shown.length} shown. ` : `${count} `;
  return element('div', { class: 'answer' }, grid, shell, element('p', { class: 'told' }, told, toggle));
}

/** Rows as a table; long cells are cut. `caption` is for screen readers. */
export function rowsTable(columns: readonly string[], rows: readonly (readonly (string | null)[])[], caption: string): HTMLTableElement {
  const cell = (value: string | null): HTMLElement => {
    if (value === null) return element('td', { class: 'null' }, 'NULL');
    return element('td', {}, value.length > MAX_CELL_CHARACTERS ? `${value.slice(0, MAX_CELL_CHARACTERS)}… (${value.length} characters)` : value);
  };
  return element('table', {},
    element('caption', { class: 'visually-hidden' }, caption),
    element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map(cell)))),
  );
}

function shellText({ columns, rows, tag }: Answer): string {
  const lines = formatTable(columns, rows, tag).trimEnd().split('\n');
  if (lines.length <= MAX_SHELL_LINES) return lines.join('\n');
  return [...lines.slice(0, MAX_SHELL_LINES - 2), '…', lines.at(-1)].join('\n');
}
