const COUNTED = /^(INSERT \d+|UPDATE|DELETE|SELECT|DROP USER) (\d+)$/;

/**
 * Whether an answer without rows is told by its tag alone: it has no columns, is a change that returned nothing, or
 * broke off.
 */
export function hasNoRows(columns: readonly string[], tag: string): boolean {
  return columns.length === 0 || /^(INSERT|UPDATE|DELETE|SELECT [1-9])/.test(tag);
}

/** The tag as the shell says it: `INSERT 3` for `INSERT 0 3`, `COPY` for `COPY 3`. */
export function tagLine(tag: string): string {
  const counted = COUNTED.exec(tag);
  if (counted) return `${counted[1]!.replace(/ \d+$/, '')} ${counted[2]!}`;
  return tag.replace(/^(FETCH|MOVE|COPY) \d+$/, '$1') || 'OK';
}

/**
 * An answer that needs no table, as the shell prints it, without newline at its end: it has no columns, or no rows and
 * a tag that says so. Undefined for all others. For the page as well as for the shell: no Node, no dependencies.
 */
export function tablelessAnswer(columns: readonly string[], tag: string, count: number): string | undefined {
  if (count === 0 && hasNoRows(columns, tag)) return tagLine(tag);
  return columns.length === 0 ? `--\n(${rowCount(count)})` : undefined;
}

/** How many rows, in words. */
export function rowCount(count: number): string {
  return `${count} row${count === 1 ? '' : 's'}`;
}
