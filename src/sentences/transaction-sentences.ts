import type { TransactionState } from '../../shared/protocol.ts';
import { keptSentence } from './cluster-sentences.ts';

/** What a transaction that a step leaves means, without the full stop. */
const LINES: Record<TransactionState, string> = {
  open: 'A transaction is open. COMMIT or ROLLBACK ends it',
  aborted: 'The transaction is aborted: only ROLLBACK ends it',
};

/** Returns what a transaction that a step leaves means; `leftMs` until it is rolled back, undefined when unknown. */
export function transactionSentence(state: TransactionState, leftMs?: number): string {
  return leftMs === undefined
    ? `${LINES[state]}.`
    : `${LINES[state]}. Left alone, it is rolled back in ${keptSentence(leftMs)}.`;
}

/** For the bar: as a sentence, and in two words. */
export const TRANSACTION_WORDS: Record<TransactionState, { long: string; short: string }> = {
  open: {
    long:
      'A transaction is open in your cluster: others do not see what it has changed, ' +
      'and may have to wait for it to end.',
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
