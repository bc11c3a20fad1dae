import { BodyReader } from '../protocol/body-reader.ts';
import type { Message } from '../protocol/message-reader.ts';
import { SERVER } from '../protocol/message-types.ts';
import { complete, dataRow, rowDescription } from '../protocol/messages.ts';
import { StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import { readColumns, readError, readRow } from '../protocol/read-message.ts';
import type { StatementResult, Forward } from '../sql/translation/translation.ts';
import { translateError } from '../sql/results/translate-error.ts';
import { readValue, reportedColumns, type ValueReader } from '../sql/results/result-columns.ts';
import { readAssignment, type Assignment } from '../sql/session/set-config.ts';
import { readNotice } from './notices.ts';
import type { Outbox } from './outbox.ts';
import { inFormat, inFormats } from './result-formats.ts';

/** How to convert the values of each column; undefined when none needs it. */
export type Readers = (ValueReader | undefined)[] | undefined;

/** Messages of PostgreSQL that are not relayed, like its notices: they concern only PostgreSQL. */
const KEPT_BACK: string[] = [SERVER.parameterStatus, SERVER.readyForQuery];

/** Relays PostgreSQL's answer to one statement in the form that CockroachDB's has. */
export class Relay {
  /** Set when the statement failed. The client has not been told yet. */
  error: ErrorFields | undefined;
  /** The session variables that the statement set by `set_config`. */
  readonly assigned: Assignment[] = [];
  /** What the statement has the client told, by `crdb_internal.notice`. */
  readonly #notices: ErrorFields[] = [];
  /** The command tag that the client was told; undefined when more rows may follow. */
  completed: string | undefined;
  #readers: Readers;
  #rows = 0;
  readonly #forward: Forward;
  readonly #source: string;
  readonly #outbox: Outbox;

  /** `source` is the statement as the client sent it, for messages that point into it. */
  constructor(forward: Forward, source: string, outbox: Outbox) {
    this.#forward = forward;
    this.#source = source;
    this.#outbox = outbox;
  }

  /** Sets how values are converted when their description came earlier, as in the extended protocol. */
  described(readers: Readers): void {
    this.#readers = readers;
  }

  get readers(): Readers {
    return this.#readers;
  }

  /** Takes a RowDescription or NoData; the client gets it if it has asked for it. */
  describe({ type, body, bytes }: Message, isAsked: boolean): void {
    let description = bytes;
    if (type === SERVER.rowDescription) {
      const seen = readColumns(body);
      const { columns, readers } = reportedColumns(seen, this.#forward.columns);
      this.#readers = readers;
      if (columns !== seen) description = rowDescription(columns);
    }
    if (isAsked) this.#outbox.put(description);
  }

  take(message: Message): void {
    // Nothing follows an error, even one that PostgreSQL does not know of.
    if (this.error) return;
    const { type, body } = message;
    if (type === SERVER.rowDescription) this.describe(message, true);
    else if (type === SERVER.dataRow) this.#row(message);
    else if (type === SERVER.commandComplete) this.#complete(new BodyReader(body).text());
    else if (type === SERVER.errorResponse) this.#fail(body);
    else if (type === SERVER.noticeResponse) this.#note(body);
    else if (!KEPT_BACK.includes(type)) this.#outbox.put(message.bytes);
  }

  #row({ body, bytes }: Message): void {
    this.#rows++;
    const readers = this.#readers;
    if (!readers) return this.#outbox.put(bytes);
    this.#outbox.put(dataRow(readRow(body).map((value, i) => readValue(readers[i], value))));
  }

  #complete(tag: string): void {
    for (const notice of [...this.#notices, ...(this.#forward.notices ?? [])]) this.#outbox.notice(notice);
    this.completed = this.#forward.tag?.replace('{rows}', String(this.#rows)) ?? tag;
    this.#outbox.put(complete(this.completed));
  }

  #note(body: Buffer): void {
    try {
      const seen = readError(body);
      const notice = readNotice(seen.message);
      if (notice) this.#notices.push(notice);
      const assignment = readAssignment(seen);
      if (assignment) this.assigned.push(assignment);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      this.error ??= error.fields;
    }
  }

  #fail(body: Buffer): void {
    const seen = readError(body, this.#forward.sql);
    if (seen.position !== undefined && this.#forward.original)
      seen.position = this.#forward.original(seen.position - 1) + 1;
    const translated = translateError(seen, this.#source);
    this.error ??= this.#forward.rewordError?.(translated) ?? translated;
  }
}

/**
 * Sends an answer of the stand-in itself. The description of the rows is left out when Describe has already sent it;
 * `formats` are those of the client's Bind.
 */
export function sendAnswer(outbox: Outbox, answer: StatementResult, described: boolean, formats: number[] = []): void {
  const columns = answer.columns && inFormats(answer.columns, formats);
  for (const notice of answer.notices ?? []) outbox.notice(notice);
  if (columns && !described) outbox.put(rowDescription(columns));
  for (const row of answer.rows ?? [])
    outbox.put(dataRow(columns && formats.length ? row.map((value, i) => inFormat(value, columns[i])) : row));
  outbox.put(complete(answer.tag));
}
