import { tableBytes } from '../event-memory.ts';

/** The comma between two rows. */
const COMMA_BYTES = 1;

/**
 * Removes rows from the end of `table` until it fits into `leftBytes`, both as JSON and in the server's memory. `table`
 * is the whole object that is sent. Returns the larger of its two sizes, which exceeds `leftBytes` when the table does
 * not fit even without rows.
 */
export function fitRows(table: { rows: (string | null)[][] }, columns: readonly string[], leftBytes: number): number {
  const { rows } = table;
  table.rows = [];
  let bytes = Math.max(jsonBytes(table) + COMMA_BYTES, tableBytes(columns, []));
  for (const row of rows) {
    const more = Math.max(jsonBytes(row) + COMMA_BYTES, tableBytes([], [row]));
    if (bytes + more > leftBytes) break;
    bytes += more;
    table.rows.push(row);
  }
  return bytes;
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
