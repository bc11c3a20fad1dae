import { formatTable } from '../../../shared/shell-table/table.ts';
import { hasNoRows, tagLine } from '../../../shared/shell-table/tag.ts';
import type { Result } from './results.ts';
import { showValue } from '../../../shared/shell-table/value.ts';

/** The values of `--format` and `display_format`. */
export const FORMATS = ['tsv', 'csv', 'table', 'records', 'sql', 'html', 'raw'] as const;
/** One of `FORMATS`. */
export type Format = (typeof FORMATS)[number];

type Print = (columns: string[], rows: string[][]) => string[];

/** Returns a result in one of the shell's formats, with a newline at the end. */
export function formatResult(result: Result, format: Format): string {
  const { names, rows, types, tag } = result;
  if (rows.length === 0 && tag !== undefined && hasNoRows(names, tag)) return `${tagLine(tag)}\n`;
  if (format === 'table')
    return names.length ? formatTable(names, rows, '', types) : `--\n${counted(rows.length, '(', ')')}\n`;
  const shown = rows.map((row) => row.map((value, column) => showValue(value, types[column])));
  return PRINTERS[format](names, shown)
    .map((line) => `${line}\n`)
    .join('');
}

const PRINTERS: Record<Exclude<Format, 'table'>, Print> = {
  tsv: (columns, rows) => separated(columns, rows, '\t'),
  csv: (columns, rows) => separated(columns, rows, ','),
  records: (columns, rows) => {
    const width = Math.max(0, ...columns.map((column) => column.length));
    if (columns.length === 0) return [counted(rows.length, '(', ')')];
    return rows.flatMap((row, index) => [
      `-[ RECORD ${index + 1} ]`,
      ...row.flatMap((value, column) => {
        const lines = value.split('\n');
        return lines.map(
          (line, at) =>
            `${(at === 0 ? columns[column]! : '').padEnd(width)} | ${line}${at === lines.length - 1 ? '' : '+'}`,
        );
      }),
    ]);
  },
  sql: (columns, rows) => [
    'CREATE TABLE results (',
    columns.map((column) => `  ${sqlName(column)} STRING`).join(',\n'),
    ');',
    '',
    ...rows.map((row) => `INSERT INTO results VALUES (${row.map(sqlText).join(', ')});`),
    `-- ${counted(rows.length)}`,
  ],
  html: (columns, rows) => [
    '<table>',
    `<thead><tr><th>row</th>${columns.map((column) => `<th>${htmlText(column)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      (row, index) => `<tr><td>${index + 1}</td>${row.map((value) => `<td>${htmlText(value)}</td>`).join('')}</tr>`,
    ),
    '</tbody>',
    `<tfoot><tr><td colspan=${columns.length + 1}>${counted(rows.length)}</td></tr></tfoot></table>`,
  ],
  raw: (columns, rows) => [
    `# ${columns.length} column${columns.length === 1 ? '' : 's'}`,
    ...rows.flatMap((row, index) => [
      `# row ${index + 1}`,
      ...row.flatMap((value) => [`## ${Buffer.byteLength(value)}`, value]),
    ]),
    `# ${counted(rows.length)}`,
  ],
};

function counted(count: number, before = '', after = ''): string {
  return `${before}${count} row${count === 1 ? '' : 's'}${after}`;
}

function separated(columns: string[], rows: string[][], separator: string): string[] {
  if (columns.length === 0) return ['# no columns'];
  const quoted = (field: string): string => {
    const needed = field === '\\.' || field.includes(separator) || /["\r\n]|^\s/u.test(field);
    return needed ? `"${field.replaceAll('"', '""')}"` : field;
  };
  return [columns, ...rows].map((row) => row.map(quoted).join(separator));
}

function sqlText(value: string): string {
  if (/^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/.test(value)) return `'${value}'`;
  const named: Record<string, string> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\b': '\\b',
    '\f': '\\f',
    "'": "\\'",
    '\\': '\\\\',
  };
  const escaped = [...value].map(
    (character) =>
      named[character] ??
      (/[\x00-\x1f\x7f]/.test(character) ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character),
  );
  return `e'${escaped.join('')}'`;
}

function sqlName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function htmlText(value: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
  return value.replace(/[&<>"']/g, (sign) => entities[sign]!).replaceAll('\n', '<br/>');
}
