import { rowCount, tablelessAnswer } from '../../../shared/shell-table/tag.ts';
import { button, element } from '../../ui/element.ts';
import { firstCharacters } from '../../ui/first-characters.ts';
import { loadJudgement } from '../compare/load-judgement.ts';
import { SERVER_AWAY_LATER } from '../../sentences/server-sentences.ts';
import { copyButton } from '../../ui/copy-button.ts';
import { tellStatus } from '../../ui/status.ts';

type Row = readonly (string | null)[];

/** A SQL statement's answer as the wire gives it. */
export interface Answer {
  columns: string[];
  rows: (string | null)[][];
  tag: string;
  /** How many rows there are, of which `rows` are the first; all of them where it is absent. */
  count?: number;
}

/** More than this is not drawn. */
const MAX_ROWS = 200;
const MAX_SHELL_LINES = 1000;
const MAX_CELL_CHARACTERS = 500;
/** An amount, a count, an id. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * A statement's answer: a table, and the same in the shell's own format, one press apart. Without rows, what the shell
 * says.
 */
export function rowsView({ columns, rows, tag, count = rows.length }: Answer): HTMLElement {
  const tableless = tablelessAnswer(columns, tag, count);
  if (tableless !== undefined) return element('pre', { class: 'out' }, tableless);
  const inTable = rows.slice(0, MAX_ROWS);
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
  const switchForm = (): void => {
    grid.hidden = !grid.hidden;
    shell.hidden = !grid.hidden;
    told.textContent = countSentence(count, (grid.hidden ? inShell : inTable).length);
    toggle.textContent = grid.hidden ? 'As a table' : 'As the shell prints it';
  };
  const toggle = button('As the shell prints it', () => {
    if (shell.textContent !== '') return switchForm();
    const drawn = loadJudgement().then(({ formatTable }) => {
      shell.textContent = bounded(formatTable(columns, inShell, tag, undefined, count));
      switchForm();
    });
    drawn.catch(() => tellStatus((told.textContent = SERVER_AWAY_LATER)));
  });
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
      toggle,
      ' ',
      copyButton(
        () => loadJudgement().then(({ formatTable }) => formatTable(columns, inShell, tag, undefined, count).trimEnd()),
        'Copy',
      ),
    ),
  );
}

/** Rows as a table; long cells are cut, columns of nothing but numbers are marked. `caption` is for screen readers. */
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

/** Of each column whether it holds numbers: some, and beside them nothing but NULL. */
export function holdNumbers(columns: number, rows: readonly Row[]): boolean[] {
  return Array.from({ length: columns }, (_, at) => {
    const values = rows.map((row) => row[at] ?? null).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => NUMBER.test(value));
  });
}

/** How many rows there are, and how many of them are shown. */
export function countSentence(count: number, shown: number): string {
  const rows = rowCount(count);
  return shown < count ? `${rows}, the first ${shown} shown.` : rows;
}

/** A cell's text; of a long one its beginning, and how long it is. */
export function cellText(value: string): string {
  const { first, count } = firstCharacters(value, MAX_CELL_CHARACTERS);
  return count > MAX_CELL_CHARACTERS ? `${first}… (${count} characters)` : value;
}

/**
 * How many of the rows fit where the shell's lines are shown, one at least; a row has as many lines as its tallest
 * cell.
 */
export function fitting(rows: readonly Row[]): number {
  // The header with its line, what says that rows are left out, and the count.
  let left = MAX_SHELL_LINES - 4;
  const tooMany = rows.findIndex(
    (row) => (left -= Math.max(1, ...row.map((cell) => (cell ?? '').split('\n').length))) < 0,
  );
  return tooMany < 0 ? rows.length : Math.max(1, tooMany);
}

/** Shell lines to draw: a single row may have too many of them. */
export function bounded(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MAX_SHELL_LINES) return lines.join('\n');
  return [
    ...lines.slice(0, MAX_SHELL_LINES - 2),
    `… ${lines.length - MAX_SHELL_LINES + 1} lines left out here`,
    lines.at(-1),
  ].join('\n');
}
