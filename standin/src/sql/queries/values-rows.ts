import { listItems } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';

/** A row of a VALUES list: its place in the statement, and the text of each of its cells. */
interface ValuesRow {
  start: number;
  end: number;
  cells: string[];
}

/**
 * Returns the rows of `VALUES (…), (…)` that begin at token `from`
 * (cockroachlabs.com/docs/stable/selection-queries#values-clause); undefined when something else begins there, or when
 * anything but RETURNING follows.
 */
export function readValuesRows({ tokens, source }: Statement, from: number): ValuesRow[] | undefined {
  if (!isWord(tokens[from], 'values')) return undefined;
  const rows: ValuesRow[] = [];
  let at = from + 1;
  for (;;) {
    const open = tokens[at];
    if (!open || !isSign(open, '(')) return undefined;
    const { items, after } = listItems(tokens, at);
    const close = tokens[after - 1];
    if (!isSign(close, ')')) return undefined;
    const cells = items.map((item) =>
      item.to > item.from ? source.slice(tokens[item.from]!.start, tokens[item.to - 1]!.end) : '',
    );
    rows.push({ start: open.start, end: close!.end, cells });
    if (!isSign(tokens[after], ',')) {
      const next = tokens[after];
      return !next || next.kind === 'end' || isWord(next, 'returning') ? rows : undefined;
    }
    at = after + 1;
  }
}

/** A constant or a placeholder. Two with the same text have the same value. */
const CONSTANT = /^(?:-?\d+(?:\.\d+)?|'(?:[^'\\]|'')*'|\$\d+|true|false)$/i;

/**
 * Returns the rows whose key a later row repeats; none unless all keys are constants, which can be compared by their
 * text. CockroachDB writes one row after the other, so the last one stays; PostgreSQL refuses to touch a row twice.
 * `columns` names the cells, `key` those of the primary key.
 *
 *     VALUES (1, 'a'), (2, 'b'), (1, 'c')    with the key in the first column
 *     (1, 'a')
 */
export function overwrittenRows(
  rows: readonly ValuesRow[],
  columns: readonly string[],
  key: readonly string[],
): ValuesRow[] {
  const positions = key.map((column) => columns.indexOf(column));
  if (positions.length === 0 || positions.includes(-1)) return [];
  const keyOf = (row: ValuesRow): string => JSON.stringify(positions.map((position) => row.cells[position]));
  if (!rows.every((row) => positions.every((position) => CONSTANT.test(row.cells[position] ?? '')))) return [];
  const last = new Map(rows.map((row) => [keyOf(row), row]));
  return rows.filter((row) => last.get(keyOf(row)) !== row);
}
