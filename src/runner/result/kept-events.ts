import type { RunEvent } from '../../../shared/protocol.ts';

/** The most characters of a step's events that are kept for after a reload. */
const KEPT_CHARACTERS = 20_000;
/** The most rows of an answer that are kept where all of them are too many. */
const KEPT_ROWS = 1000;

/** What is kept of a step's events; `isShort` when the rows are only the first ones. */
export interface KeptEvents {
  events?: RunEvent[];
  isShort?: true;
}

/** Returns the events to keep: all, or those with fewer rows, or none when they are too long. */
export function keptEvents(events: readonly RunEvent[]): KeptEvents {
  if (charactersOf(events) <= KEPT_CHARACTERS) return { events: [...events] };
  const short = events.map((event) =>
    event.type === 'rows' && event.rows.length > KEPT_ROWS
      ? { ...event, rows: event.rows.slice(0, KEPT_ROWS), count: event.count ?? event.rows.length }
      : event,
  );
  return charactersOf(short) <= KEPT_CHARACTERS ? { events: short, isShort: true } : {};
}

function charactersOf(events: readonly RunEvent[]): number {
  return events.reduce((sum, event) => sum + charactersIn(event), 0);
}

function charactersIn(event: RunEvent): number {
  if (event.type === 'output') return event.text.length;
  if (event.type !== 'rows') return 0;
  return event.rows.reduce((sum, row) => sum + row.reduce((length, cell) => length + (cell?.length ?? 4) + 3, 2), 0);
}
