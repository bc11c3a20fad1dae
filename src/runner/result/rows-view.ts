import { rowCount, tablelessAnswer } from '../../../shared/shell-table/tag.ts';
import { button, element } from '../../ui/element.ts';
import { firstCharacters } from '../../ui/first-characters.ts';
import { loadJudgement } from '../compare/load-judgement.ts';
import { SERVER_AWAY_LATER } from '../../sentences/server-sentences.ts';
import { copyButton } from '../../ui/copy-button.ts';
import { announce } from '../../ui/status.ts';
import { cutMark, leftOutLine, moreLabel } from '../../sentences/output-sentences.ts';

type Row = readonly (string | null)[];

/** A SQL statement's answer, as the API sends it. */
export interface Answer {
  columns: string[];
  rows: (string | null)[][];
  tag: string;
  /** The number of all rows, of which `rows` are the first. Undefined when `rows` holds all of them. */
  count?: number;
}

/** How many rows the table shows at first, and how many more with each press. */
const FIRST_ROWS = 200;
const MORE_ROWS = 1000;
const MAX_SHELL_LINES = 1000;
const MAX_CELL_CHARACTERS = 500;
/** Matches amounts, counts and ids. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Returns a view of a statement's answer: a table, and a button that switches to the shell's own format. For a
 * statement without rows, only what the shell prints.
 */
export function rowsView({ columns, rows, tag, count = rows.length }: Answer): HTMLElement {
  const tableless = tablelessAnswer(columns, tag, count);
  if (tableless !== undefined) return element('pre', { class: 'out' }, tableless);
  let inTable = rows.slice(0, FIRST_ROWS);
  const inShell = rows.slice(0, fitting(rows));
  const grid = element(
    'div',
    { class: 'rows', tabindex: '0', role: 'group', 'aria-label': 'Rows' },
    rowsTable(columns, inTable, 'Answer'),
  );
  const shell = element('pre', {
    class: 'out',
    tabindex: '0',
    role: 'group',
    'aria-label': 'Rows as the shell prints them',
  });
  shell.hidden = true;
  const told = element('span', {}, countSentence(count, inTable.length));
  const more = button('', () => {
    inTable = rows.slice(0, inTable.length + MORE_ROWS);
    grid.replaceChildren(rowsTable(columns, inTable, 'Answer'));
    // Without a button to press, the focus goes to what it has shown.
    if (inTable.length === rows.length) grid.focus({ preventScroll: true });
    tell();
  });
  const tell = (): void => {
    told.textContent = countSentence(count, (grid.hidden ? inShell : inTable).length);
    more.textContent = moreLabel(Math.min(MORE_ROWS, rows.length - inTable.length));
    more.hidden = grid.hidden || inTable.length === rows.length;
  };
  const switchForm = (): void => {
    grid.hidden = !grid.hidden;
    shell.hidden = !grid.hidden;
    tell();
    toggle.textContent = grid.hidden ? 'As a table' : 'As the shell prints it';
  };
  const toggle = button('As the shell prints it', () => {
    if (shell.textContent !== '') return switchForm();
    const drawn = loadJudgement().then(({ formatTable }) => {
      shell.textContent = bounded(formatTable(columns, inShell, tag, undefined, count));
      switchForm();
    });
    drawn.catch(() => announce((told.textContent = SERVER_AWAY_LATER)));
  });
  tell();
  return element(
    'div',
    { class: 'answer' },
    grid,
    shell,
    element(
      'p',
      { class: 'told' },
      told,
      ' ',
      more,
      ' ',
      toggle,
      ' ',
      copyButton(
        () => loadJudgement().then(({ formatTable }) => formatTable(columns, rows, tag, undefined, count).trimEnd()),
        'Copy',
      ),
    ),
  );
}

/** Returns rows as a table. Long cells are cut, and columns of numbers get a class. `caption` is for screen readers. */
export function rowsTable(columns: readonly string[], rows: readonly Row[], caption: string): HTMLTableElement {
  const isOfNumbers = holdNumbers(columns.length, rows);
  const classOf = (at: number): Record<string, string> => (isOfNumbers[at] ? { class: 'amount' } : {});
  const cell = (value: string | null, at: number): HTMLElement =>
    value === null ? element('td', { class: 'null' }, 'NULL') : element('td', classOf(at), cellText(value));
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, caption),
    element(
      'thead',
      {},
      element('tr', {}, ...columns.map((name, at) => element('th', { scope: 'col', ...classOf(at) }, name))),
    ),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map(cell)))),
  );
}

/** Returns for each column whether it holds numbers: at least one, and otherwise only NULL. */
export function holdNumbers(columns: number, rows: readonly Row[]): boolean[] {
  return Array.from({ length: columns }, (_, at) => {
    const values = rows.map((row) => row[at] ?? null).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => NUMBER.test(value));
  });
}

/** Returns a sentence with the number of rows and, if not all are shown, how many are. */
export function countSentence(count: number, shown: number): string {
  const rows = rowCount(count);
  return shown < count ? `${rows}, the first ${shown} shown.` : rows;
}

/** Returns a cell's text; of a long one, its beginning and its length. */
export function cellText(value: string): string {
  const { first, count } = firstCharacters(value, MAX_CELL_CHARACTERS);
  return count > MAX_CELL_CHARACTERS ? first + cutMark(count) : value;
}

/** Returns how many rows fit into the shell's format, at least one. A row takes as many lines as its tallest cell. */
export function fitting(rows: readonly Row[]): number {
  // Leaves room for the header with its rule, the note that rows are left out, and the count.
  let left = MAX_SHELL_LINES - 4;
  const tooMany = rows.findIndex(
    (row) => (left -= Math.max(1, ...row.map((cell) => (cell ?? '').split('\n').length))) < 0,
  );
  return tooMany < 0 ? rows.length : Math.max(1, tooMany);
}

/** Cuts the shell's format to the lines that can be drawn: a single row may have too many. */
export function bounded(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MAX_SHELL_LINES) return lines.join('\n');
  return [...lines.slice(0, MAX_SHELL_LINES - 2), leftOutLine(lines.length - MAX_SHELL_LINES + 1), lines.at(-1)].join(
    '\n',
  );
}
