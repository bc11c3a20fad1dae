import type { Cluster } from '../cluster/cluster.ts';
import { DatabaseError } from '../cluster/database-error.ts';
import { fitRows } from '../cluster/fit-rows.ts';
import { openRootSession } from '../cluster/open-root-session.ts';
import type { QueryResult, SqlSession } from '../cluster/sql-session.ts';
import { answerTooLargeSentence } from '../sentences/database-sentences.ts';
import { within } from '../within.ts';

/**
 * A statement counts as waiting once the database has answered so many others since. These are counted, and not the
 * time, so that a statement is not taken for waiting where the machine is slow.
 */
const QUESTIONS = 20;
const PAUSE_MS = 50;

/** The most that is kept of an answer until a step gets it, in memory and of an error's text. */
const KEPT_BYTES = 1 << 20;
const KEPT_CHARACTERS = 10_000;

/** The SQLSTATE of an answer that is longer than the server takes. */
export const TOO_LARGE = '54000';

/** A statement that a step has left waiting in its session. */
export interface WaitingStatement {
  /** The step's id, and whether it is meant to fail. */
  step: string;
  fails: boolean;
  /** See `keptAnswer`. */
  answer: Promise<QueryResult>;
  isAnswered: boolean;
  /** Whether a transaction was rolled back by it when it should have been committed. */
  isUndone: boolean;
}

/**
 * Returns an answer with as many of its rows as may be kept. Rejects with DatabaseError, also when the names of its
 * columns alone are too long.
 */
export async function keptAnswer(coming: Promise<QueryResult>): Promise<QueryResult> {
  try {
    const answer = await coming;
    if (fitRows(answer, answer.columns, KEPT_BYTES) <= KEPT_BYTES) return answer;
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) throw cause;
    const { message, sqlState, detail, hint } = cause;
    throw new DatabaseError(cut(message), { code: sqlState, detail: detail && cut(detail), hint: hint && cut(hint) });
  }
  throw new DatabaseError(answerTooLargeSentence(KEPT_BYTES), { code: TOO_LARGE });
}

/** Returns why a session has ended whose connection ended while that statement was waiting. Never throws. */
export async function endedBy({ answer }: WaitingStatement): Promise<'too-large' | 'lost'> {
  const cause = await answer.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return cause instanceof DatabaseError && cause.sqlState === TOO_LARGE ? 'too-large' : 'lost';
}

/** Returns the beginning of a text, as a copy: V8 would keep the whole text in memory for a part of it. */
function cut(text: string): string {
  return Buffer.from(text.slice(0, KEPT_CHARACTERS)).toString();
}

/**
 * Whether a statement that was sent waits for another session, as far as that can be seen from outside: not every
 * version of CockroachDB tells which sessions wait. Returns false once it is answered.
 */
export async function seemsToWait(answer: Promise<unknown>, cluster: Cluster): Promise<boolean> {
  const answered = new AbortController();
  const settled = answer.then(
    () => true,
    () => true,
  );
  void settled.then(() => answered.abort());
  if (await within(PAUSE_MS, settled)) return false;
  let observer: SqlSession | undefined;
  try {
    observer = await openRootSession(cluster, 'defaultdb', answered.signal);
    for (let asked = 0; asked < QUESTIONS; asked += 1) {
      await observer.query('SELECT 1');
      if (await within(PAUSE_MS, settled)) return false;
    }
    return true;
  } catch {
    // It was answered meanwhile, which cuts the observer. Or nobody can be asked: then it is awaited like any other.
    await settled;
    return false;
  } finally {
    await observer?.close();
  }
}
