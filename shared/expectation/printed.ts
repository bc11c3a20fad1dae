import type { RunEvent } from '../protocol.ts';
import { formatTable } from '../shell-table/table.ts';

/**
 * Returns what a run's events show as text: output unchanged, and rows in the SQL shell's format, with their true
 * count.
 */
export function printedText(events: readonly RunEvent[]): string {
  return events
    .map((event) =>
      event.type === 'output'
        ? event.text
        : event.type === 'rows'
          ? formatTable(event.columns, event.rows, event.tag, undefined, event.count)
          : '',
    )
    .join('');
}
