import type { TransactionState } from '../../shared/protocol.ts';

/** What a transaction that a step leaves means, without the full stop. */
export const TRANSACTION_LINES: Record<TransactionState, string> = {
  open: 'A transaction is open. COMMIT or ROLLBACK ends it',
  aborted: 'The transaction is aborted: only ROLLBACK helps',
};

/** For the bar: as a sentence, and in two words. */
export const TRANSACTION_WORDS: Record<TransactionState, { long: string; short: string }> = {
  open: {
    long: 'A transaction is open in your cluster: others do not see what it has changed, and may wait for its end.',
    short: 'Transaction open',
  },
  aborted: {
    long: 'A transaction in your cluster is aborted: only ROLLBACK ends it.',
    short: 'Transaction aborted',
  },
};

/** The server ended it. */
export const ROLLED_BACK_LATE = 'The transaction was rolled back: nothing was done in it for too long.';
/** The reader ended it. */
export const ROLLED_BACK = 'The transaction was rolled back, and its SQL session ended.';
