import type { RunEvent, SandboxInfo, Step } from '../../../shared/protocol.ts';
import { sessionSentence } from '../../../shared/sentences/session-sentence.ts';
import type { Reader } from '../../../commands/client/reader.ts';

/** Returns a step that is typed into the shell `page:1`. */
export const typed = (
  id: string,
  statements: string,
  more: { user?: string; database?: string; session?: string } = {},
): Step => ({ id, kind: 'sql', statements, user: 'root', session: 'page:1', ...more });
/** Returns a step with its own session. */
export const alone = (id: string, statements: string): Step => ({ id, kind: 'sql', statements, user: 'root' });

/** Returns the rows of each answer. */
export const rowsOf = (events: RunEvent[]): (string | null)[][][] =>
  events.filter((event) => event.type === 'rows').map(({ rows }) => rows);
/** Returns the state of the transaction after the last step; undefined when there is none. */
export const transactionOf = (events: RunEvent[]): string | undefined =>
  events.findLast((event) => event.type === 'done')?.transaction;
/** Returns what the run said about its sessions, as one text. */
export const toldIn = (events: RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'session' ? [sessionSentence(event)] : [])).join(' ');

/** A reader's sandbox, in which each call starts one run. */
export class Doing {
  readonly me: Reader;
  readonly id: string;

  constructor(me: Reader, id: string) {
    this.me = me;
    this.id = id;
  }

  async run(...steps: Step[]): Promise<RunEvent[]> {
    return (await this.me.run(this.id, steps)).events;
  }

  async info(): Promise<SandboxInfo> {
    return (await this.me.ask<SandboxInfo>('GET', `/api/sandboxes/${this.id}`)).body;
  }
}
