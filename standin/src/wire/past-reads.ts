import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { takeAsOf } from '../sql/time-travel/as-of-clause.ts';
import { evaluateTime } from '../sql/session/evaluate-time.ts';
import { systemTimeNow, textOf, type SystemTime } from '../sql/time-travel/system-time.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Session } from './session.ts';

/** A statement without its AS OF SYSTEM TIME. */
export interface PastRead {
  statement: Statement;
  /** The time at which it reads; undefined when its transaction reads at that time anyway. */
  time: SystemTime | undefined;
  when: Statement;
}

/**
 * Takes AS OF SYSTEM TIME from a statement (cockroachlabs.com/docs/stable/as-of-system-time); undefined when it has
 * none. In a transaction, the time must be that of the transaction. Throws StatementError.
 */
export async function takePastRead(session: Session, statement: Statement): Promise<PastRead | undefined> {
  const { state, readTime } = session.transaction;
  const asOf = state === 'none' || state === 'open' ? takeAsOf(statement) : undefined;
  if (!asOf) return undefined;
  const time = await evaluateTime(asOf.when, session.context);
  if (state === 'none') return { ...asOf, time };
  if (readTime?.nanoseconds === time.nanoseconds) return { ...asOf, time: undefined };
  throw new StatementError(
    SQLSTATE.syntaxError,
    `inconsistent AS OF SYSTEM TIME timestamp; expected: ${textOf(readTime ?? systemTimeNow())}`,
    { hint: 'try SET TRANSACTION AS OF SYSTEM TIME' },
  );
}
