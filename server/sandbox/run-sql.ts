import { splitStatements } from '../cluster/split-statements.ts';
import { DatabaseError } from '../cluster/database-error.ts';
import type { SqlSession } from '../cluster/sql-session.ts';
import type { KeptSession, SqlStep } from './kept-session.ts';
import type { EndCause } from './session-end.ts';
import type { StepContext, StepResult } from './step-context.ts';
import { keptAnswer, seemsToWait, TOO_LARGE, type WaitingStatement } from './waiting-statement.ts';

/** Exit codes of a failed step: by an error of the database, and by a limit. */
const FAILED = 1;
const ENDED_BY_LIMIT = 124;

/** The session that a step's statements are sent to. */
interface Typing {
  sql: SqlSession;
  kept?: KeptSession;
  /** Whether a transaction in it was rolled back when it should have been committed. */
  isUndone?: boolean;
  /** Whether the step whose statement was left waiting in it is meant to fail. */
  isMeantToFail?: boolean;
}

/** Runs a SQL step in its session: the statements one after the other, up to the first that fails. */
export async function runSql(step: SqlStep, context: StepContext): Promise<StepResult> {
  const { limits, output, signal } = context;
  let cut: 'timeout' | 'killed' | undefined;
  let end: EndCause = 'lost';
  let typing: Typing | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (why: 'timeout' | 'killed'): void => {
    cut ??= why;
    end = cut === 'killed' ? 'stopped' : 'timed-out';
    if (typing?.kept) stopping ??= typing.sql.cancel();
    else typing?.sql.destroy();
  };
  const killed = (): void => stop('killed');
  signal.addEventListener('abort', killed);
  const timer = setTimeout(() => stop('timeout'), limits.stepMs);
  const failed = (cause: unknown): StepResult => {
    if (cut !== undefined) return { ok: false, exitCode: ENDED_BY_LIMIT, cut };
    if (!(cause instanceof DatabaseError)) throw cause;
    if (cause.sqlState === TOO_LARGE) end = 'too-large';
    output.write('stderr', Buffer.from(databaseErrorText(cause)));
    return { ok: false, exitCode: FAILED, ...(cause.sqlState ? { sqlState: cause.sqlState } : {}) };
  };
  try {
    typing = await open(step, context);
    if (signal.aborted) stop('killed');
    const hasLate = typing.kept?.waiting !== undefined;
    const earlier = await tellAnswer(typing, context).catch(failed);
    const goesOn = earlier.cut === undefined && !typing.sql.isOver;
    if (hasLate && goesOn) context.log.add({ type: 'answer', of: 'own' });
    const own = goesOn ? await doStatements(step, typing, context, () => cut).catch(failed) : earlier;
    // Its statements were sent, as they are typed behind an error; but an error that nobody expects must be noticed.
    const result = own.ok && !earlier.ok && !typing.isMeantToFail ? { ...own, ...earlier } : own;
    await stopping;
    return { ...result, ...leave(typing, context) };
  } catch (cause) {
    return failed(cause);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', killed);
    if (typing?.kept) context.sessions.giveBack(typing.kept, end);
    else await typing?.sql.close();
  }
}

async function open(step: SqlStep, { cluster, log, sessions }: StepContext): Promise<Typing> {
  const { session } = step;
  if (session === undefined) return { sql: await cluster.open(step.user, step.database ?? 'defaultdb') };
  const { kept, lastEnd } = await sessions.take({ ...step, session }, cluster);
  if (lastEnd !== undefined) log.add({ type: 'session', ...lastEnd });
  return { sql: kept.sql, kept };
}

/** Waits for the answer of the statement that an earlier step has left waiting, and prints it. Throws DatabaseError. */
async function tellAnswer(typing: Typing, { log, output }: StepContext): Promise<StepResult> {
  const { kept } = typing;
  if (!kept?.waiting) return { ok: true };
  const { waiting } = kept;
  typing.isMeantToFail = waiting.fails;
  try {
    const answer = await waiting.answer.finally(() => log.add({ type: 'answer', of: 'waited' }));
    const event = output.answerOf(answer);
    if (!output.hasRoomFor(event)) return { ok: false, exitCode: ENDED_BY_LIMIT, cut: 'output' };
    log.add(event);
    return { ok: true };
  } finally {
    kept.waiting = undefined;
    typing.isUndone ||= waiting.isUndone;
  }
}

async function doStatements(
  step: SqlStep,
  typing: Typing,
  { cluster, log, output, sessions }: StepContext,
  cut: () => StepResult['cut'],
): Promise<StepResult> {
  const { kept } = typing;
  const statements = splitStatements(step.statements);
  for (const [index, statement] of statements.entries()) {
    const why = cut();
    if (why) return { ok: false, exitCode: ENDED_BY_LIMIT, cut: why };
    let tag: string | undefined;
    let waiting: WaitingStatement | undefined;
    const noted = (): void => {
      const undone = kept?.note(step.id, statement, tag) ?? [];
      sessions.undo(undone);
      (waiting ?? typing).isUndone ||= undone.length > 0;
      if (waiting) waiting.isAnswered = true;
    };
    const coming = typing.sql
      .query(statement)
      .then((given) => ((tag = given.tag), given))
      .finally(noted);
    if (kept && step.waits && index === statements.length - 1 && (await seemsToWait(coming, cluster))) {
      const answer = keptAnswer(coming);
      answer.catch(() => undefined); // the next step looks at it, if there is one
      waiting = { step: step.id, fails: step.fails === true, answer, isAnswered: false, isUndone: false };
      kept.step = step.id;
      kept.waiting = waiting;
      return { ok: true, isWaiting: true };
    }
    const event = output.answerOf(await coming);
    if (!output.hasRoomFor(event)) return { ok: false, exitCode: ENDED_BY_LIMIT, cut: 'output' };
    log.add(event);
  }
  return { ok: true, exitCode: 0 };
}

/**
 * Returns the transaction that a step leaves open in a kept session. Logs when one was rolled back, as happens at the
 * end of a step's own session.
 */
function leave({ sql, kept, isUndone }: Typing, { log }: StepContext): Pick<StepResult, 'transaction'> {
  const { transaction } = sql;
  if (isUndone) log.add({ type: 'session', cause: 'rolled-back' });
  if (sql.isOver || transaction === undefined) return {};
  if (kept) return { transaction };
  log.add({ type: 'session', cause: transaction === 'open' ? 'left-open' : 'rolled-back' });
  return {};
}

/** Returns an error as the SQL shell prints it. */
function databaseErrorText(error: DatabaseError): string {
  const parts = [`ERROR: ${error.message}`];
  if (error.sqlState) parts.push(`SQLSTATE: ${error.sqlState}`);
  if (error.detail) parts.push(`DETAIL: ${error.detail}`);
  if (error.hint) parts.push(`HINT: ${error.hint}`);
  return `${parts.join('\n')}\n`;
}
