import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Session } from './session.ts';

/** CockroachDB tries for ever; a sandbox should not. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 5;
const RETRYABLE = new Set<string>([SQLSTATE.serializationFailure, SQLSTATE.deadlockDetected]);

/**
 * Runs a step of a session. While nothing of its answer, nor of its transaction's, has left, a conflict is tried again
 * here (cockroachlabs.com/docs/stable/transactions#automatic-retries). Throws the last refusal.
 */
export async function retrying(session: Session, source: string, step: () => Promise<void>): Promise<void> {
  const { transaction, outbox } = session;
  const started = performance.now();
  const wasOpen = transaction.state === 'open';
  const mark = outbox.mark();
  const control = /^\s*(begin|start|commit|end|rollback|abort|release|savepoint|set|show)\b/i.test(source);
  if (wasOpen) transaction.mark ??= mark;
  const from = wasOpen ? (transaction.mark ?? mark) : mark;
  let repeated = false;
  try {
    for (;;) {
      try {
        if (repeated && wasOpen) await repeat(session);
        await step();
        break;
      } catch (error) {
        const again =
          error instanceof StatementError && RETRYABLE.has(error.fields.code) && !/force_error/.test(source);
        if (!again || control || performance.now() - started > PATIENCE_MS) throw error;
        if ((wasOpen && transaction.sealed) || !outbox.rewind(from)) throw error;
        repeated = true;
        await pause(session, started);
      }
    }
  } finally {
    if (repeated && !session.backend.lost) await forget(session);
  }
  if (transaction.state !== 'open') return;
  if (!control && (!/^\s*select\b/i.test(source) || /\bfrom\b/i.test(source))) transaction.touch();
  if (!transaction.sealed && !/^\s*begin|^\s*start/i.test(source))
    transaction.steps.push({ again: step, seals: !control, told: false });
}

/** A little time, so that the other side can finish, and since when this is being tried, for `force_retry`. */
async function pause(session: Session, started: number): Promise<void> {
  await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  if (session.backend.status !== 'I') await session.backend.rows('ROLLBACK');
  const sinceMs = Math.round(performance.now() - started);
  await session.backend.rows(`SET crdb.retrying_ms = ${sinceMs}`);
}

async function forget(session: Session): Promise<void> {
  if (session.backend.status !== 'E') await session.backend.rows('SET crdb.retrying_ms = 0');
}

async function repeat(session: Session): Promise<void> {
  const steps = session.transaction.steps;
  await session.transaction.restart();
  for (const step of steps) {
    session.outbox.muted = step.told;
    try {
      await step.again();
    } finally {
      session.outbox.muted = false;
    }
    session.transaction.steps.push(step);
  }
}
