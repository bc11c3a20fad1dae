/** How much of a cell is shown. */
export const MAX_CELL_CHARACTERS = 200;
/** Characters are counted only up to this number, because counting more would block the server. */
const MAX_COUNTED = 100_000;

/**
 * Returns a cell for display. A long one is cut and followed by its length in characters (code points), or by `more
 * than 100000 characters`.
 */
export function truncateCell(cell: string | null): string | null {
  if (cell === null || cell.length <= MAX_CELL_CHARACTERS) return cell;
  let count = 0;
  let end = 0;
  for (const character of cell) {
    if (count === MAX_COUNTED) return `${copy(cell.slice(0, end))}… (more than ${MAX_COUNTED} characters)`;
    if (count < MAX_CELL_CHARACTERS) end += character.length;
    count += 1;
  }
  return count > MAX_CELL_CHARACTERS ? `${copy(cell.slice(0, end))}… (${count} characters)` : cell;
}

/** Copies a slice of a string, because V8 would keep the whole string in memory for it. */
function copy(part: string): string {
  return Buffer.from(part).toString();
}
