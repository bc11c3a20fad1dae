import type { Writable } from 'node:stream';
import { noticeResponse } from '../protocol/messages.ts';
import type { ErrorFields } from '../protocol/statement-error.ts';
import { isTold } from './notices.ts';

/** How much of an answer CockroachDB holds back before it sends anything (`sql.defaults.results_buffer.size`). */
const HOLD_BYTES = 16 << 10;

/** A position in the bytes for a client. It is void as soon as bytes were sent. */
export interface Mark {
  epoch: number;
  length: number;
}

/** Bytes for the client, held back a little so that an answer can still be taken back and tried again. */
export class Outbox {
  readonly #stream: Writable;
  #held: Buffer[] = [];
  #size = 0;
  /** How many times bytes were sent. */
  #epoch = 0;
  /** While true, nothing is added: a statement is being repeated whose answer has already been sent. */
  muted = false;
  /** Returns the least severe notices that the client wants: its variable `client_min_messages`. */
  leastNotice: () => string = () => 'notice';
  /** Called whenever held bytes are sent. */
  onFlush: () => void = () => undefined;
  /** Called with `true` when the client is slow, and with `false` when it has caught up or is gone. */
  onPressure: (slow: boolean) => void = () => undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
    for (const event of ['drain', 'close']) stream.on(event, () => this.onPressure(false));
  }

  put(bytes: Buffer): void {
    if (this.muted) return;
    this.#held.push(bytes);
    this.#size += bytes.length;
    if (this.#size > HOLD_BYTES) this.flush();
  }

  /** Adds a notice, if the client wants it. */
  notice(fields: ErrorFields): void {
    if (isTold(fields, this.leastNotice())) this.put(noticeResponse(fields));
  }

  mark(): Mark {
    return { epoch: this.#epoch, length: this.#held.length };
  }

  /** Removes what was added since the mark. Returns false when some of it has been sent. */
  rewind(mark: Mark): boolean {
    if (mark.epoch !== this.#epoch) return false;
    this.#size -= this.#held.slice(mark.length).reduce((sum, bytes) => sum + bytes.length, 0);
    this.#held.length = mark.length;
    return true;
  }

  /** Sends everything that is held. */
  flush(): void {
    if (!this.#held.length) return;
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    this.#size = 0;
    this.#epoch++;
    this.onFlush();
    if (!this.#stream.destroyed && !this.#stream.write(bytes)) this.onPressure(true);
  }
}
