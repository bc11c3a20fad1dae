import type { ServerMessage } from './error-text.ts';

/** What the server answered to one Query, in order. */
export type ServerEvent =
  | { type: 'columns'; names: string[]; types: number[] }
  | { type: 'row'; values: (string | null)[] }
  | { type: 'complete'; tag: string }
  | { type: 'empty' }
  | { type: 'error'; error: ServerMessage };

/** What the shell prints for a statement; `tag` is undefined when nothing was completed. */
export interface Result {
  names: string[];
  types: number[];
  rows: (string | null)[][];
  tag: string | undefined;
}

/** What the shell prints for a whole text. */
export interface Results {
  results: Result[];
  error: ServerMessage | undefined;
}

/**
 * Returns what `cockroach sql` prints for the answers to several statements in one text, as recorded in
 * `standin/tests/conformance/shell/`. Statements without columns are printed only when no statement has columns, and
 * then only the last of them. An error is printed, and then alone, only when no answer with columns is complete and no
 * row has arrived; otherwise it only ends the answers.
 */
export function readResults(events: readonly ServerEvent[]): Results {
  const results: Result[] = [];
  let current: Result | undefined;
  let delivered = false;
  for (const event of events) {
    if (event.type === 'error') return delivered ? { results, error: undefined } : { results: [], error: event.error };
    if (event.type === 'columns') {
      if (!delivered) results.pop();
      current = { names: event.names, types: event.types, rows: [], tag: delivered ? current?.tag : undefined };
      results.push(current);
      continue;
    }
    if (!current) results.push((current = { names: [], types: [], rows: [], tag: undefined }));
    if (event.type === 'row') current.rows.push(event.values);
    if (event.type === 'complete') current.tag = event.tag;
    if (event.type === 'row' || current.names.length > 0) delivered = true;
  }
  return { results, error: undefined };
}
