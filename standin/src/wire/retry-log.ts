import type { Mark } from './outbox.ts';

/** Something done in an open transaction that can be done again. */
export interface Repeatable {
  again: () => Promise<void>;
  /** Whether it may be repeated only while its answer has not been sent. */
  seals: boolean;
  /** Whether its answer has been sent. */
  sent: boolean;
}

/** What is needed to repeat a transaction from its beginning. */
export class RetryLog {
  /** What has been done since the transaction began, in order. */
  done: Repeatable[] = [];
  /** Whether an answer that seals has been sent: from then on, the client must retry. */
  sealed = false;
  /** Where the answers begin in the outbox that a repetition sends again. */
  mark: Mark | undefined;

  /** Records that all answers so far have been sent. */
  noteSent(): void {
    for (const step of this.done) step.sent = true;
    this.sealed ||= this.done.some(({ seals }) => seals);
    // Nothing can be repeated any more, so a long transaction need not be remembered.
    if (this.sealed) this.done = [];
    this.mark = undefined;
  }

  /** Forgets everything, because the transaction has ended or restarts. */
  clear(): void {
    this.done = [];
    this.sealed = false;
    this.mark = undefined;
  }
}
