import { rowCount, tablelessAnswer } from './tag.ts';
import { expandTabs, padBoth, padEnd, padStart, textWidth } from './text-width.ts';
import { OID, showValue } from './value.ts';

const NUMBER = /^-?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?$/;

type Align = (line: string, width: number) => string;

/**
 * Returns an answer as `cockroach sql --format=table` prints it, including the final newline. The page and the
 * stand-in's shell share this, so it uses neither Node nor dependencies. Source: the recordings in
 * `standin/tests/conformance/shell/`.
 *
 * @param rows values as text, as on the wire; null is printed as `NULL`
 * @param tag the command tag, as on the wire (`INSERT 0 3`)
 * @param types OIDs of the columns. Without them, values are not rewritten (`t` stays `t`), and a column is aligned as
 * numbers when all of its values look like numbers
 * @param count the number of all rows if `rows` are only the first: a line says how many are left out
 */
export function formatTable(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  tag: string,
  types?: readonly number[],
  count = rows.length,
): string {
  const tableless = tablelessAnswer(columns, tag, count);
  if (tableless !== undefined) return `${tableless}\n`;
  const left = count - rows.length;
  return (
    tableBody(columns, rows, types) + (left > 0 ? `… ${rowCount(left)} left out here\n` : '') + `(${rowCount(count)})\n`
  );
}

function tableBody(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  types: readonly number[] | undefined,
): string {
  const linesOf = (text: string): string[] => expandTabs(text).split('\n');
  const header = columns.map(linesOf);
  const cells = rows.map((row) => columns.map((_, column) => linesOf(showValue(row[column] ?? null, types?.[column]))));
  const widths = columns.map((_, column) =>
    Math.max(...[header, ...cells].flatMap((row) => row[column]!.map(textWidth))),
  );
  const aligns = columns.map((_, column) =>
    alignOf(
      rows.map((row) => row[column] ?? null),
      types?.[column],
    ),
  );
  return [
    ...rowLines(
      header,
      widths,
      columns.map(() => padBoth),
    ),
    widths
      .map((width) => '-'.repeat(width + 2))
      .join('+')
      .replace(/^|$/g, '-'),
    ...cells.flatMap((row) => rowLines(row, widths, aligns)),
    '',
  ].join('\n');
}

function rowLines(row: string[][], widths: number[], aligns: Align[]): string[] {
  const height = Math.max(...row.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    `  ${row.map((lines, column) => aligns[column]!(lines[line] ?? '', widths[column]!)).join(' | ')}`.trimEnd(),
  );
}

function alignOf(values: (string | null)[], type: number | undefined): Align {
  if (type === OID.int8 || type === OID.float8) return padStart;
  if (type === OID.bool) return padBoth;
  if (type === OID.text || type === OID.varchar || type === OID.bytea) return padEnd;
  const known = values.filter((value) => value !== null);
  if (type === undefined && known.length > 0 && known.every((value) => NUMBER.test(value))) return padStart;
  return (line, width) => (NUMBER.test(line.trim()) ? padStart : padEnd)(line, width);
}
