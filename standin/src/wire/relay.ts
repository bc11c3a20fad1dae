import type { ErrorFields } from '../protocol/statement-error.ts';
import type { Forward, StatementResult } from '../sql/translation/translation.ts';
import { translateError } from '../sql/results/translate-error.ts';
import { readValue, reportedColumns, type ValueReader } from '../sql/results/result-columns.ts';
import { complete, dataRow, message, problemMessage, rowDescription } from '../protocol/messages.ts';
import type { Frame } from '../protocol/message-reader.ts';
import type { Outbox } from './outbox.ts';
import { Cursor, readColumns, readProblem, readRow } from '../protocol/read-message.ts';

/** Tells PostgreSQL's answer to one statement as CockroachDB would. */
export class Relay {
  /** Set when the statement failed; it has not been told yet. */
  problem: ErrorFields | undefined;
  #readers: (ValueReader | undefined)[] | undefined;
  #rows = 0;
  readonly #plan: Forward;
  readonly #source: string;
  readonly #outbox: Outbox;

  constructor(plan: Forward, source: string, outbox: Outbox) {
    this.#plan = plan;
    this.#source = source;
    this.#outbox = outbox;
  }

  /** Says whether rows' description came before, as Describe gives it in the extended protocol. */
  described(readers: (ValueReader | undefined)[] | undefined): void {
    this.#readers = readers;
  }

  get readers(): (ValueReader | undefined)[] | undefined {
    return this.#readers;
  }

  take(frame: Frame): void {
    if (frame.type === 'T') this.#describe(frame.body);
    else if (frame.type === 'D') this.#row(frame.body);
    else if (frame.type === 'C') this.#complete(new Cursor(frame.body).text());
    else if (frame.type === 'E') this.#fail(frame.body);
    else if (frame.type === 't') this.#parameters(frame.body);
    else if (frame.type === 'N' || frame.type === 'S' || frame.type === 'Z') return;
    else this.#outbox.put(message(frame.type, frame.body));
  }

  #describe(body: Buffer): void {
    const { columns, readers } = reportedColumns(readColumns(body), this.#plan.columns);
    this.#readers = readers;
    this.#outbox.put(rowDescription(columns));
  }

  #row(body: Buffer): void {
    this.#rows++;
    const readers = this.#readers;
    if (!readers) return this.#outbox.put(message('D', body));
    this.#outbox.put(dataRow(readRow(body).map((value, i) => readValue(readers[i], value))));
  }

  #complete(tag: string): void {
    for (const notice of this.#plan.notices ?? []) this.#outbox.put(problemMessage('N', notice));
    this.#outbox.put(complete(this.#plan.tag?.replace('{rows}', String(this.#rows)) ?? tag));
  }

  #fail(body: Buffer): void {
    const seen = readProblem(body, this.#plan.sql);
    if (seen.position !== undefined && this.#plan.original) seen.position = this.#plan.original(seen.position - 1) + 1;
    const told = translateError(seen, this.#source);
    this.problem ??= this.#plan.rewordError?.(told) ?? told;
  }

  /** CockroachDB takes an integer parameter for INT8 unless something says otherwise. */
  #parameters(body: Buffer): void {
    this.#outbox.put(message('t', body));
  }
}

/** Tells an answer that was made here. Rows' description is left out where Describe has given it. */
export function tellAnswer(outbox: Outbox, answer: StatementResult, described: boolean): void {
  for (const notice of answer.notices ?? []) outbox.put(problemMessage('N', notice));
  if (answer.columns && !described) outbox.put(rowDescription(answer.columns));
  for (const row of answer.rows ?? []) outbox.put(dataRow(row));
  outbox.put(complete(answer.tag));
}
