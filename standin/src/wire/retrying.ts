import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { isDiskFull } from './disk-space.ts';
import type { Repeatable } from './retry-log.ts';
import { quoteText } from '../sql/text/quoting.ts';
import { systemTimeNow, timestampOf, type SystemTime } from '../sql/time-travel/system-time.ts';
import type { Session } from './session.ts';
import { writingOf } from './writing.ts';

/** CockroachDB retries forever; a sandbox should not. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 5;
const RETRYABLE = new Set<string>([SQLSTATE.serializationFailure, SQLSTATE.deadlockDetected]);
/** Statements after which the disk may be fuller. */
const GROWING = /^\s*(insert|upsert|update|copy|create|with|alter|import)\b/i;
/** Statements that control the transaction or the session: the client gets a conflict in one of them. */
const CONTROL = /^\s*(begin|start|commit|end|rollback|abort|release|savepoint|set|show)\b/i;

/**
 * Runs `step`, which executes the statement `source`. As long as nothing of the transaction's answers has been sent, a
 * conflict is retried here (cockroachlabs.com/docs/stable/transactions#automatic-retries). A full disk is retried once,
 * after room was made. Throws the last StatementError.
 */
export async function retrying(session: Session, source: string, step: () => Promise<void>): Promise<void> {
  const isOpen = (): boolean => session.transaction.state === 'open';
  const commitsItself = session.transaction.state === 'none';
  const work = (): Promise<void> => repeating(session, source, step);
  const { hasDefinitions } = session.transaction;
  try {
    await session.activity.during(source, isOpen, () =>
      session.keepingHistory(commitsItself ? writingOf(source) : undefined, work),
    );
  } finally {
    const ends = hasDefinitions && session.transaction.state !== 'open';
    if (ends || DEFINITION.test(source)) session.forgetShapes();
  }
}

async function repeating(session: Session, source: string, step: () => Promise<void>): Promise<void> {
  const { transaction, outbox } = session;
  const startedMs = performance.now();
  const began = systemTimeNow();
  const wasOpen = transaction.state === 'open';
  const mark = outbox.mark();
  if (wasOpen) transaction.log.mark ??= mark;
  const from = wasOpen ? (transaction.log.mark ?? mark) : mark;
  let repeated = false;
  let madeRoom = false;
  try {
    for (;;) {
      try {
        if (repeated && wasOpen) await repeat(session);
        if (GROWING.test(source)) session.disk.keepReserve();
        await step();
        break;
      } catch (error) {
        const full: boolean = error instanceof StatementError && isDiskFull(error.fields) && !madeRoom;
        if (!full && !mayRetry(error, source)) throw error;
        if (performance.now() - startedMs > PATIENCE_MS) throw error;
        if ((wasOpen && transaction.log.sealed) || !outbox.rewind(from)) throw error;
        repeated = true;
        await pause(session, wasOpen ? undefined : began);
        if (full) await session.makeRoom();
        madeRoom ||= full;
      }
    }
  } finally {
    if (repeated && !wasOpen && !session.backend.lost) await forget(session);
  }
  if (transaction.state === 'open') note(session, source, step);
}

function mayRetry(error: unknown, source: string): boolean {
  if (!(error instanceof StatementError) || !RETRYABLE.has(error.fields.code)) return false;
  return !CONTROL.test(source) && !/force_error/.test(source);
}

/** Statements that change the schema. */
const DEFINITION = /^\s*(create|alter|drop|truncate|grant|revoke|comment)\b/i;

/** Records a step of an open transaction, so that it can be repeated. */
function note({ transaction }: Session, source: string, again: Repeatable['again']): void {
  const isControl = CONTROL.test(source);
  const readsNothing = /^\s*select\b/i.test(source) && !/\bfrom\b/i.test(source);
  if (!isControl && !readsNothing) transaction.touch();
  if (DEFINITION.test(source)) transaction.noteDefinition();
  const writing = writingOf(source);
  if (writing) transaction.writes.note(writing);
  if (!transaction.log.sealed && !/^\s*begin|^\s*start/i.test(source))
    transaction.log.done.push({ again, seals: !isControl, sent: false });
}

/** Waits a little, so that the other side can finish. A statement that is repeated alone keeps its time, too. */
async function pause({ backend }: Session, began: SystemTime | undefined): Promise<void> {
  await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  if (backend.status !== 'I') await backend.rows('ROLLBACK');
  if (began !== undefined) await backend.rows(`SET crdb.began = ${quoteText(timestampOf(began))}`);
}

async function forget({ backend }: Session): Promise<void> {
  if (backend.status !== 'E') await backend.rows('RESET crdb.began');
}

/** Repeats everything that was done in the transaction, without sending again what has been sent. */
async function repeat({ transaction, outbox }: Session): Promise<void> {
  const { done } = transaction.log;
  await transaction.restart();
  for (const step of done) {
    outbox.muted = step.sent;
    try {
      await step.again();
    } finally {
      outbox.muted = false;
    }
    transaction.log.done.push(step);
  }
}
