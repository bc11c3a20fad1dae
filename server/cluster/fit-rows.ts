import { tableBytes } from '../event-memory.ts';

/** A comma between two of them. */
const COMMA_BYTES = 1;

/**
 * Leaves out rows from the end of `table`, which is all that is told with them, so that it fits. Gives its bytes, as
 * JSON and in our memory: too many when not even what stands beside its rows fits.
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
