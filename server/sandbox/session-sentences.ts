import type { TransactionState } from '../../shared/protocol.ts';
import type { RunLimits } from './sandbox-limits.ts';
import { MAX_SESSIONS, type SessionEnd } from './session-end.ts';

/** What became of the transaction that a step left open in a session of its own, or that could not be committed. */
export const ROLLED_BACK = {
  open:
    'The step ended inside a transaction, which was rolled back: its session ended with it. ' +
    'Steps share a session below a `cockroach sql` step.',
  aborted: 'Its transaction was rolled back.',
};

/** What a reader is told at the next step that was meant for a session: why it ended, and what went with it. */
export function sessionEndSentence(
  end: SessionEnd,
  transaction: TransactionState | undefined,
  limits: Pick<RunLimits, 'sessionMs' | 'transactionMs'>,
): string {
  const lost =
    transaction === undefined
      ? 'What was set in it is gone: variables, prepared statements, temporary tables.'
      : 'Its open transaction was rolled back, and what was set in it is gone.';
  return (
    `${whySentence(end, transaction === undefined ? limits.sessionMs : limits.transactionMs, transaction)} ` +
    `${lost} This step is in a new one.`
  );
}

function whySentence(end: SessionEnd, unusedMs: number, transaction: TransactionState | undefined): string {
  switch (end) {
    case 'unused':
      return transaction === undefined
        ? `The SQL session was ended because nothing was done in it for ${spanOf(unusedMs)}.`
        : `The SQL session was ended because nothing was done in its open transaction for ${spanOf(unusedMs)}.`;
    case 'lost':
      return 'The database ended the SQL session.';
    case 'stopped':
      return 'The SQL session was ended with the statement that you stopped.';
    case 'timed-out':
      return 'The SQL session was ended with the statement that took too long.';
    case 'too-large':
      return 'The SQL session was ended with the statement whose answer was too large.';
    case 'crowded-out':
      return `The SQL session was ended because others were used since: a cluster has at most ${MAX_SESSIONS}.`;
    case 'done-anew':
      return 'The SQL session was begun anew, because its earlier steps are done again.';
    case 'opened-anew':
      return 'The SQL session was begun anew, because the shell was opened again.';
    case 'ended-by-reader':
      return 'You ended the SQL session.';
  }
}

function spanOf(ms: number): string {
  const [count, unit] = ms % 60_000 === 0 ? [ms / 60_000, 'minute'] : [ms / 1000, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
