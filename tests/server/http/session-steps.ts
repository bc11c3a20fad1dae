import type { RunEvent, SandboxInfo, Step } from '../../../shared/protocol.ts';
import { sessionSentence } from '../../../shared/sentences/session-sentence.ts';
import type { Reader } from '../../../commands/client/reader.ts';

/** A step that is typed into the shell `page:1`. */
export const typed = (
  id: string,
  statements: string,
  more: { user?: string; database?: string; session?: string } = {},
): Step => ({ id, kind: 'sql', statements, user: 'root', session: 'page:1', ...more });
/** A step with a session of its own. */
export const alone = (id: string, statements: string): Step => ({ id, kind: 'sql', statements, user: 'root' });

/** The rows of each answer. */
export const rowsOf = (events: RunEvent[]): (string | null)[][][] =>
  events.filter((event) => event.type === 'rows').map(({ rows }) => rows);
/** The state of the transaction that the last step left, or undefined when there is none. */
export const transactionOf = (events: RunEvent[]): string | undefined =>
  events.findLast((event) => event.type === 'done')?.transaction;
/** What the run told of its sessions, in one text. */
export const toldIn = (events: RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'session' ? [sessionSentence(event)] : [])).join(' ');

/** A reader's sandbox, and what is done in it: one run for each call. */
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
