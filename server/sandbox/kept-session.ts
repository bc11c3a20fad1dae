import type { SqlSession } from '../cluster/sql-session.ts';
import type { Step, TransactionState } from '../../shared/protocol.ts';

/** A step that sends statements to the database. */
export type SqlStep = Step & { kind: 'sql' };

/** What may stand before the first word of a statement. */
const BEFORE = String.raw`^(?:\s|--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/)*`;
/** Statements after which a session is another than before, though the database is not. */
const SETS = new RegExp(
  `${BEFORE}(?:set|reset|use|prepare|deallocate|discard|declare|` +
    String.raw`create\s+(?:local\s+|global\s+)?temp(?:orary)?)\b`,
  'i',
);
const COMMITS = new RegExp(String.raw`${BEFORE}(?:commit|end)\b`, 'i');
/** What a COMMIT is answered with that found the transaction aborted. */
const NOT_COMMITTED = 'ROLLBACK';

/**
 * How many steps are remembered for what they did in sessions: far more than a page has, for a client names as many as
 * it likes.
 */
export const REMEMBERED_STEPS = 256;

/** A session of the database's that outlives the steps done in it. */
export class KeptSession {
  readonly name: string;
  readonly key: string;
  readonly sql: SqlSession;
  /** The step that was done last. */
  step = '';
  isBusy = true;
  /** When it is ended if nothing happens, by `performance.now()`. */
  endsMs = 0;
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

  /** Steps that are undone when it ends: what they did is nowhere but in it. */
  get holds(): string[] {
    return [...new Set([...this.#setting, ...this.#inTransaction])];
  }

  /**
   * A statement of a step has been done in it with that tag, or failed: then there is none. Gives the steps that are
   * undone, where it was to keep what its transaction did, and that was rolled back.
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

  /** Calls `end` when nothing happened for so long. */
  wait(ms: number, end: () => void): void {
    this.isBusy = false;
    this.endsMs = performance.now() + ms;
    this.#timer = setTimeout(end, ms).unref();
  }

  /** Something happens. */
  wake(): void {
    this.isBusy = true;
    clearTimeout(this.#timer);
  }
}

/** Adds a step; the one that has been there for longest makes room. */
function hold(steps: Set<string>, step: string): void {
  steps.add(step);
  if (steps.size > REMEMBERED_STEPS) steps.delete(steps.values().next().value!);
}

/** Steps with the same key are typed into the same session; undefined: into one of their own. */
export function keyOf({ session, user, database = 'defaultdb' }: SqlStep): string {
  return JSON.stringify([session, user, database]);
}
