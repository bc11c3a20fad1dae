/**
 * Returns expected output in which the columns of a table that hold times with fractions of a second may be of any
 * width: about one time in ten ends with a zero, which is not printed.
 */
export function withFreeTimeColumns(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /^-+(?:\+-+)+$/.test(line));
  const rows = lines.map((line) => line.split('|'));
  const columns = rows[at - 1] ?? [];
  const isTime = columns.map((_, column) => rows.some((row, index) => index > at && row[column]?.includes(TIME)));
  if (!isTime.includes(true)) return text;
  return lines
    .map((line, index) => {
      const cells = index === at ? line.split('+') : rows[index]!;
      if (cells.length !== columns.length) return line;
      const free = cells.map((cell, column) => (isTime[column] ? freeCell(cell, index - at) : cell));
      return free.join(index === at ? '+' : '|');
    })
    .join('\n');
}

const TIME = '{timestamp}';

/** `below` is how many lines a cell is below the rule of its table. */
function freeCell(cell: string, below: number): string {
  if (below === 0) return '{any}';
  return below < 0 ? `{any}${cell.trim()}{any}` : `${cell.trimEnd()}{any}`;
}
