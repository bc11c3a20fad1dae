import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { isDiskFull } from './disk-space.ts';
import type { Repeatable } from './retry-log.ts';
import { mentions } from '../sql/text/mentions.ts';
import { quoteText } from '../sql/text/quoting.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import { systemTimeNow, timestampOf, type SystemTime } from '../sql/time-travel/system-time.ts';
import type { Session } from './session.ts';
import { writingOf } from './writing.ts';

/** CockroachDB retries forever; a sandbox should not. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 5;
const RETRYABLE = new Set<string>([SQLSTATE.serializationFailure, SQLSTATE.deadlockDetected]);
/** Statements that never make the disk fuller, although they write. */
const SHRINKING = ['delete', 'drop', 'truncate'];
/** Statements that control the transaction or the session: the client gets a conflict in one of them. */
const CONTROL = ['begin', 'start', 'commit', 'end', 'rollback', 'abort', 'release', 'savepoint', 'set', 'show'];
/** Statements that change the schema. */
const DEFINITIONS = ['create', 'alter', 'drop', 'truncate', 'grant', 'revoke', 'comment'];

function begins({ tokens }: Statement, words: readonly string[]): boolean {
  return isWord(tokens[0], ...words);
}

/**
 * Runs `step`, which executes the statement. As long as nothing of the transaction's answers has been sent, a
 * conflict is retried here (cockroachlabs.com/docs/stable/transactions#automatic-retries). A full disk is retried once,
 * after room was made. Throws the last StatementError.
 */
export async function retrying(session: Session, statement: Statement, step: () => Promise<void>): Promise<void> {
  const isOpen = (): boolean => session.transaction.state === 'open';
  const commitsItself = session.transaction.state === 'none';
  const work = (): Promise<void> => repeating(session, statement, step);
  const { hasDefinitions } = session.transaction;
  try {
    await session.activity.during(statement.source, isOpen, () =>
      session.keepingHistory(commitsItself ? writingOf(statement.tokens) : undefined, work),
    );
  } finally {
    for (const backend of session.connections.all) backend.forgetCancel();
    const ends = hasDefinitions && session.transaction.state !== 'open';
    if (ends || begins(statement, DEFINITIONS)) session.forgetShapes();
  }
}

async function repeating(session: Session, statement: Statement, step: () => Promise<void>): Promise<void> {
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
        if (writingOf(statement.tokens) && !begins(statement, SHRINKING)) session.disk.keepReserve();
        await step();
        break;
      } catch (error) {
        const full: boolean = error instanceof StatementError && isDiskFull(error.fields) && !madeRoom;
        if (!full && !mayRetry(error, statement)) throw error;
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
  if (transaction.state === 'open') note(session, statement, step);
}

function mayRetry(error: unknown, statement: Statement): boolean {
  if (!(error instanceof StatementError) || !RETRYABLE.has(error.fields.code)) return false;
  return !begins(statement, CONTROL) && !mentions(statement.tokens, 'force_error');
}

/** Records a step of an open transaction, so that it can be repeated. */
function note({ transaction }: Session, statement: Statement, again: Repeatable['again']): void {
  const isControl = begins(statement, CONTROL);
  const readsNothing = begins(statement, ['select']) && !mentions(statement.tokens, 'from');
  if (!isControl && !readsNothing) transaction.touch();
  if (begins(statement, DEFINITIONS)) transaction.noteDefinition();
  const writing = writingOf(statement.tokens);
  if (writing) transaction.writes.note(writing);
  if (!transaction.log.sealed && !begins(statement, ['begin', 'start']))
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
