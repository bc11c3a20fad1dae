import type { RunEvent } from '../shared/protocol.ts';

/**
 * How much memory values take in V8 in addition to their characters, rounded up: an event with its place in a log, a
 * row, a cell.
 */
const EVENT_BYTES = 256;
const ROW_BYTES = 64;
const CELL_BYTES = 32;

/**
 * Returns an upper bound of the memory that keeping an event takes, in bytes. That can be far more than the length of
 * its text: rows without columns have no text but still take memory.
 */
export function memoryBytesOf(event: RunEvent): number {
  switch (event.type) {
    case 'output':
      return EVENT_BYTES + textBytes(event.text);
    case 'rows':
      return EVENT_BYTES + textBytes(event.tag) + tableBytes(event.columns, event.rows);
    case 'tables':
      return (
        EVENT_BYTES +
        event.tables.reduce(
          (sum, { database, schema = '', name, columns, rows }) =>
            sum + EVENT_BYTES + textBytes(database + schema + name) + tableBytes(columns, rows),
          0,
        )
      );
    default:
      return EVENT_BYTES;
  }
}

/** Returns an upper bound of the memory that a table's column names and rows take, in bytes. */
export function tableBytes(columns: readonly string[], rows: readonly (readonly (string | null)[])[]): number {
  let bytes = 0;
  for (const name of columns) bytes += CELL_BYTES + textBytes(name);
  for (const row of rows) {
    bytes += ROW_BYTES;
    for (const cell of row) bytes += CELL_BYTES + textBytes(cell ?? '');
  }
  return bytes;
}

/** V8 uses two bytes per character for strings with any character outside of Latin-1. */
function textBytes(text: string): number {
  return 2 * text.length;
}
