import { isSign, isWord, type Statement } from './statement.ts';

/** A row of a VALUES list: where it stands in the statement, and the text of each of its cells. */
export interface ValuesRow {
  start: number;
  end: number;
  cells: string[];
}

/**
 * The rows of `VALUES (…), (…)` (cockroachlabs.com/docs/stable/selection-queries#values-clause) that begin at the token
 * `from`; undefined when something else stands there, or goes on after them but RETURNING.
 */
export function readValuesRows({ tokens, source }: Statement, from: number): ValuesRow[] | undefined {
  if (!isWord(tokens[from], 'values')) return undefined;
  const rows: ValuesRow[] = [];
  let at = from + 1;
  for (;;) {
    const open = tokens[at];
    if (!open || !isSign(open, '(')) return undefined;
    const cells: string[] = [];
    let cellStart = open.end;
    let depth = 1;
    for (at += 1; depth > 0; at += 1) {
      const token = tokens[at];
      if (!token) return undefined;
      if (isSign(token, '(') || isSign(token, '[')) depth += 1;
      if (isSign(token, ')') || isSign(token, ']')) depth -= 1;
      if (depth === 0 || (depth === 1 && isSign(token, ','))) {
        cells.push(source.slice(cellStart, token.start).trim());
        cellStart = token.end;
      }
      if (depth === 0) rows.push({ start: open.start, end: token.end, cells });
    }
    const next = tokens[at];
    if (next && isSign(next, ',')) at += 1;
    else return !next || next.kind === 'end' || isWord(next, 'returning') ? rows : undefined;
  }
}
