import type { TransactionState } from '../../shared/protocol.ts';

/** Why a kept session has ended, while its sandbox lives on. */
export type SessionEnd =
  | 'unused'
  | 'lost'
  | 'stopped'
  | 'timed-out'
  | 'too-large'
  | 'crowded-out'
  | 'done-anew'
  | 'opened-anew'
  | 'ended-by-reader';

/** Sessions of one sandbox that are kept at a time. */
export const MAX_SESSIONS = 4;

/** Whether nothing is said of it: the reader brought it about, and lost nothing or knows. */
export function isSilent(end: SessionEnd, transaction: TransactionState | undefined): boolean {
  return end === 'ended-by-reader' || (transaction === undefined && (end === 'done-anew' || end === 'opened-anew'));
}
