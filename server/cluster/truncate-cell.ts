/** More of a cell is not shown. */
export const MAX_CELL_CHARACTERS = 200;
/** Of a longer cell it is only said that it is longer: to count its characters would hold up everybody. */
const MAX_COUNTED = 100_000;

/**
 * A cell for the eye. What is longer says how long it is, in characters as people count them (code points), or that it
 * is longer still.
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

/** V8 keeps the whole of which a string is a part. */
function copy(part: string): string {
  return Buffer.from(part).toString();
}
