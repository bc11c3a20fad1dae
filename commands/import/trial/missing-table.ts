import type { Block } from '../block.ts';
import type { ImportedPage } from '../imported-page.ts';
import { addStatement, creates } from './added-statement.ts';
import { tableLines } from './table-lines.ts';

/**
 * Makes a table that nothing on a page makes above the first SQL block that names it, as the page's first output shows
 * it, and notes that. Returns whether it could.
 */
export function makeTable({ placed }: ImportedPage, _block: Block, table: string): boolean {
  if (creates(placed, '(?:TABLE|VIEW|SEQUENCE)', table)) return false;
  const named = new RegExp(`\\b${table}\\b`, 'i');
  const first = placed.find(({ block: { decision, text } }) => {
    return decision.is === 'step' && decision.step.kind === 'sql' && named.test(text);
  });
  if (!first || first.block.added.some((each) => each.is === 'step' && each.step.kind === 'sql')) return false;
  const shows = new RegExp(`^(?:>\\s*)?SELECT \\* FROM ${table}(?: ORDER BY [\\w, ]+)?\\s*;\\s*$`, 'i');
  const select = placed.find(({ block }) => shows.test(block.text.trim()))?.block;
  const output = placed.find(({ block: { decision } }) => decision.is === 'output' && decision.of === select);
  const statements = output && statementsFor(table, output.block.text);
  if (statements === undefined) return false;
  const what = `the table \`${table}\`, which nothing on the page makes, is`;
  const how = "made as the page's first output shows it, its types and key guessed,";
  return addStatement(first.block, statements, what, how);
}

/** Returns the statements that make a table of the SQL shell; undefined when the text is none. */
export function statementsFor(table: string, text: string): string | undefined {
  const rows = tableLines(text).map((line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  );
  const [columns = [], ...cells] = rows;
  if (!columns.every((name) => /^[a-z_]\w*$/.test(name)) || cells.length === 0) return undefined;
  if (cells.some((row) => row.length !== columns.length || row.some((cell) => /^(?:\.{3}|…)/.test(cell))))
    return undefined;
  const types = columns.map((_, index) => typeOf(cells.map((row) => row[index] ?? '')));
  const keys = cells.map(([key]) => key);
  const isKey = !keys.includes('NULL') && new Set(keys).size === keys.length;
  const list = columns.map((name, index) => `    ${name} ${types[index]}${index === 0 && isKey ? ' PRIMARY KEY' : ''}`);
  const values = cells.map((row) => `    (${row.map((cell, index) => literal(cell, types[index] ?? '')).join(', ')})`);
  return `CREATE TABLE ${table} (\n${list.join(',\n')}\n  );\n> INSERT INTO ${table} VALUES\n${values.join(',\n')}`;
}

const TYPES: readonly [string, RegExp][] = [
  ['INT', /^-?\d+$/],
  ['DECIMAL', /^-?\d+(?:\.\d+)?$/],
  ['BOOL', /^(?:t|f|true|false)$/],
  ['UUID', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['DATE', /^\d{4}-\d\d-\d\d$/],
  ['TIMESTAMP', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/],
];

function typeOf(values: readonly string[]): string {
  const known = values.filter((value) => value !== 'NULL');
  return TYPES.find(([, pattern]) => known.length > 0 && known.every((value) => pattern.test(value)))?.[0] ?? 'STRING';
}

function literal(cell: string, type: string): string {
  if (cell === 'NULL' || type === 'INT' || type === 'DECIMAL') return cell;
  return `'${cell.replaceAll("'", "''")}'`;
}
