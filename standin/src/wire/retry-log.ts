import type { Mark } from './outbox.ts';

/** Something done in an open transaction that can be done again. */
export interface Repeatable {
  again: () => Promise<void>;
  /** Whether a repetition is only sound while the answer has not left. */
  seals: boolean;
  /** Whether the answer has left. */
  told: boolean;
}

/** What a transaction must know to be repeated from its beginning. */
export class RetryLog {
  /** What has been done since the transaction began, in order. */
  done: Repeatable[] = [];
  /** An answer that seals has left: from here on, the client must retry by itself. */
  sealed = false;
  /** Where in the outbox the answers begin that a repetition gives anew. */
  mark: Mark | undefined;

  /** Notes that all answers so far have left. */
  noteLeft(): void {
    for (const step of this.done) step.told = true;
    this.sealed ||= this.done.some(({ seals }) => seals);
    // Nothing can be done again any more: a long transaction need not be remembered.
    if (this.sealed) this.done = [];
    this.mark = undefined;
  }

  /** Forgets everything, as when the transaction is over or begins anew. */
  clear(): void {
    this.done = [];
    this.sealed = false;
    this.mark = undefined;
  }
}
