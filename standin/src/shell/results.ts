import type { ServerMessage } from './error-text.ts';

/** What the server said to one query message, in order. */
export type Event =
  | { type: 'columns'; names: string[]; types: number[] }
  | { type: 'row'; values: (string | null)[] }
  | { type: 'complete'; tag: string }
  | { type: 'empty' }
  | { type: 'error'; error: ServerMessage };

/** What the shell prints of it: `tag` is undefined where nothing was completed. */
export interface Answer {
  names: string[];
  types: number[];
  rows: (string | null)[][];
  tag: string | undefined;
}

/**
 * What `cockroach sql` makes of the answers to several statements in one text, as it was seen to do (recorded in
 * `standin/tests/conformance/shell/`): statements without columns are told only when none with columns is there, and then only
 * the last of them; an error is told, alone, only when no answer with columns is complete and no row has come, else it
 * just ends the answers.
 */
export function readAnswers(events: readonly Event[]): { answers: Answer[]; error: ServerMessage | undefined } {
  const answers: Answer[] = [];
  let current: Answer | undefined;
  let delivered = false;
  for (const event of events) {
    if (event.type === 'error') return delivered ? { answers, error: undefined } : { answers: [], error: event.error };
    if (event.type === 'columns') {
      if (!delivered) answers.pop();
      answers.push(
        (current = { names: event.names, types: event.types, rows: [], tag: delivered ? current?.tag : undefined }),
      );
      continue;
    }
    if (!current) answers.push((current = { names: [], types: [], rows: [], tag: undefined }));
    if (event.type === 'row') current.rows.push(event.values);
    if (event.type === 'complete') current.tag = event.tag;
    if (event.type === 'row' || current.names.length > 0) delivered = true;
  }
  return { answers, error: undefined };
}
