const COUNTED = /^(INSERT \d+|UPDATE|DELETE|SELECT|DROP USER) (\d+)$/;

/**
 * Whether an answer without rows is shown by its tag alone: it has no columns, is a change that returned nothing, or
 * was interrupted.
 */
export function hasNoRows(columns: readonly string[], tag: string): boolean {
  return columns.length === 0 || /^(INSERT|UPDATE|DELETE|SELECT [1-9])/.test(tag);
}

/** Returns a tag as the shell prints it: `INSERT 3` for `INSERT 0 3`, `COPY` for `COPY 3`. */
export function tagLine(tag: string): string {
  const counted = COUNTED.exec(tag);
  if (counted) return `${counted[1]!.replace(/ \d+$/, '')} ${counted[2]!}`;
  return tag.replace(/^(FETCH|MOVE|COPY) \d+$/, '$1') || 'OK';
}

/**
 * Returns an answer that needs no table as the shell prints it, without a final newline: one without columns, or
 * without rows and with a tag that says so. Undefined for all others. The page and the stand-in's shell share this, so
 * it uses neither Node nor dependencies.
 */
export function tablelessAnswer(columns: readonly string[], tag: string, count: number): string | undefined {
  if (count === 0 && hasNoRows(columns, tag)) return tagLine(tag);
  return columns.length === 0 ? `--\n(${rowCount(count)})` : undefined;
}

/** Returns a number of rows as text: `1 row`, `2 rows`. */
export function rowCount(count: number): string {
  return `${count} row${count === 1 ? '' : 's'}`;
}
