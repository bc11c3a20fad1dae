import type { SqlSession } from '../cluster/sql-session.ts';
import type { Step, TransactionState } from '../../shared/protocol.ts';
import type { WaitingStatement } from './waiting-statement.ts';

/** A step that sends statements to the database. */
export type SqlStep = Step & { kind: 'sql' };

/** White space and comments before the first word of a statement. */
const BEFORE = String.raw`^(?:\s|--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/)*`;
/** Statements that change the state of the session and not the database. */
const SETS = new RegExp(
  `${BEFORE}(?:set|reset|use|prepare|deallocate|discard|declare|` +
    String.raw`create\s+(?:local\s+|global\s+)?temp(?:orary)?)\b`,
  'i',
);
const COMMITS = new RegExp(String.raw`${BEFORE}(?:commit|end)\b`, 'i');
/** The command tag of a COMMIT in an aborted transaction. */
const NOT_COMMITTED = 'ROLLBACK';

/**
 * How many steps are remembered per session: far more than a page has, but limited, because clients can send any number
 * of ids.
 */
export const REMEMBERED_STEPS = 256;

/** A database session that is kept between steps. */
export class KeptSession {
  readonly name: string;
  readonly key: string;
  readonly sql: SqlSession;
  /** The step that was run last. */
  step = '';
  isBusy = true;
  /** When it will be ended if it stays unused, by `performance.now()`. */
  endsMs = 0;
  /** How long it may stay unused. */
  unusedMs = 0;
  /** The statement that a step has left waiting; its answer belongs into the next step. */
  waiting: WaitingStatement | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #setting = new Set<string>();
  readonly #inTransaction = new Set<string>();

  constructor(step: SqlStep & { session: string }, sql: SqlSession) {
    this.name = step.session;
    this.key = keyOf(step);
    this.sql = sql;
  }

  get transaction(): TransactionState | undefined {
    return this.sql.transaction;
  }

  /** The step whose statement is waiting without an answer, in a list; undefined when there is none. */
  get unanswered(): [step: string] | undefined {
    return this.waiting && !this.waiting.isAnswered ? [this.waiting.step] : undefined;
  }

  /** The steps whose effects exist only in this session, and are lost when it ends. */
  get holds(): string[] {
    return [...new Set([...this.#setting, ...this.#inTransaction, ...(this.unanswered ?? [])])];
  }

  /**
   * Records that a statement of a step was run with that tag, or failed, without a tag. Returns the steps that are
   * undone because their transaction was rolled back when it should have been committed.
   */
  note(step: string, statement: string, tag?: string): string[] {
    this.step = step;
    if (SETS.test(statement)) hold(this.#setting, step);
    if (this.transaction !== undefined) {
      hold(this.#inTransaction, step);
      return [];
    }
    const isLost = tag === undefined || (tag === NOT_COMMITTED && COMMITS.test(statement));
    const undone = isLost && this.#inTransaction.size > 0 ? [...this.#inTransaction, step] : [];
    this.#inTransaction.clear();
    return undone;
  }

  /** Marks it as unused, and calls `end` if it stays so for `ms`. */
  wait(ms: number, end: () => void): void {
    this.isBusy = false;
    this.unusedMs = ms;
    this.endsMs = performance.now() + ms;
    this.#timer = setTimeout(end, ms).unref();
  }

  /** Marks it as in use. */
  wake(): void {
    this.isBusy = true;
    clearTimeout(this.#timer);
  }
}

/** Adds a step, and drops the oldest one when there are too many. */
function hold(steps: Set<string>, step: string): void {
  steps.add(step);
  if (steps.size > REMEMBERED_STEPS) steps.delete(steps.values().next().value!);
}

/** Returns the key of a step's session: steps with the same key share one. */
export function keyOf({ session, user, database = 'defaultdb' }: SqlStep): string {
  return JSON.stringify([session, user, database]);
}
