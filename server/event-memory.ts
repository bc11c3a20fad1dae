import type { RunEvent } from '../shared/protocol.ts';

/**
 * What values take in V8 beside their characters, on the safe side: an event with its place in a log, a row, a cell.
 */
const EVENT_BYTES = 256;
const ROW_BYTES = 64;
const CELL_BYTES = 32;

/**
 * What keeping an event takes of our memory, bytes, at most: not what it prints. A row without columns prints nothing,
 * and a thousand of them fill pages.
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

/** The same for a table. */
export function tableBytes(columns: readonly string[], rows: readonly (readonly (string | null)[])[]): number {
  let bytes = 0;
  for (const name of columns) bytes += CELL_BYTES + textBytes(name);
  for (const row of rows) {
    bytes += ROW_BYTES;
    for (const cell of row) bytes += CELL_BYTES + textBytes(cell ?? '');
  }
  return bytes;
}

/** Two bytes a character, as soon as one of them is not Latin. */
function textBytes(text: string): number {
  return 2 * text.length;
}
