import { MAX_SESSIONS } from '../../shared/limits.ts';
import type { SessionEnd, TransactionState } from '../../shared/protocol.ts';

/** Why a kept session has ended before its sandbox. */
export type EndCause = SessionEnd['cause'];

/** Whether the end needs no message: the reader caused it, and has lost nothing or knows it. */
export function isSilent(cause: EndCause, transaction: TransactionState | undefined): boolean {
  return (
    cause === 'ended-by-reader' || (transaction === undefined && (cause === 'done-anew' || cause === 'opened-anew'))
  );
}

/** Returns the API's description of the end of a session, which had that transaction and could be unused so long. */
export function sessionEnd(cause: EndCause, transaction: TransactionState | undefined, unusedMs: number): SessionEnd {
  const open = transaction && { transaction };
  switch (cause) {
    case 'unused':
      return { cause, unusedMs, ...open };
    case 'crowded-out':
      return { cause, maxSessions: MAX_SESSIONS, ...open };
    default:
      return { cause, ...open };
  }
}
