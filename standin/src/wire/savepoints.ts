import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../protocol/statement-error.ts';
import type { Savepoint } from '../sql/translation/context.ts';

/** Releasing a savepoint whose name begins so commits the transaction. */
const RESTART = 'cockroach_restart';

/** A savepoint, and how many definitions the transaction had made when it was set. */
interface Entry extends Savepoint {
  commitsOnRelease: boolean;
  definitions: number;
}

/**
 * The savepoints of one transaction, by CockroachDB's rules (cockroachlabs.com/docs/v21.1/savepoint). Those set before
 * anything was read or written are *initial*: rolling back to one of them restarts the transaction.
 */
export class Savepoints {
  #entries: Entry[] = [];
  #definitions = 0;

  get list(): readonly Savepoint[] {
    return this.#entries;
  }

  /** Whether the transaction has changed the schema. */
  get hasDefinitions(): boolean {
    return this.#definitions > 0;
  }

  /** Records that the transaction has changed the schema. */
  noteDefinition(): void {
    this.#definitions++;
  }

  /**
   * Adds a savepoint. With `restarts`, every name acts as `cockroach_restart` does (`force_savepoint_restart`). Throws
   * StatementError (syntaxError) when a restart savepoint does not come first.
   */
  add(name: string, isInitial: boolean, restarts: boolean): void {
    const commitsOnRelease = isRestart(name, restarts);
    if (commitsOnRelease && this.#entries.some((entry) => !entry.commitsOnRelease))
      throw new StatementError(SQLSTATE.syntaxError, `SAVEPOINT "${RESTART}" cannot be nested`);
    if (commitsOnRelease && !isInitial)
      throw new StatementError(
        SQLSTATE.syntaxError,
        `SAVEPOINT "${RESTART}" needs to be the first statement in a transaction`,
      );
    this.#entries.push({ name, isInitial, commitsOnRelease, definitions: this.#definitions });
  }

  /** Finds the last savepoint with this name. Throws StatementError (invalidSavepointSpecification). */
  find(name: string): Entry {
    const entry = this.#entries.findLast((candidate) => candidate.name === name);
    if (entry) return entry;
    throw new StatementError(SQLSTATE.invalidSavepointSpecification, `savepoint "${name}" does not exist`);
  }

  /** Throws StatementError (featureNotSupported) when CockroachDB cannot roll back to this savepoint. */
  checkRollback(entry: Entry, priority: string): void {
    if (this.#definitions <= entry.definitions) return;
    if (!entry.isInitial) throw unimplemented('ROLLBACK TO SAVEPOINT not yet supported after DDL statements');
    if (priority === 'high')
      throw unimplemented('cannot use ROLLBACK TO SAVEPOINT in a HIGH PRIORITY transaction containing DDL');
  }

  /** Forgets the savepoints that were set after this one. */
  rollBackTo(entry: Entry): void {
    this.#entries = this.#entries.slice(0, this.#entries.indexOf(entry) + 1);
    this.#definitions = entry.definitions;
  }

  /** Forgets this savepoint and those that were set after it. */
  release(entry: Entry): void {
    this.#entries = this.#entries.slice(0, this.#entries.indexOf(entry));
  }

  clear(): void {
    this.#entries = [];
    this.#definitions = 0;
  }
}

/** Whether releasing a savepoint with this name commits the transaction. */
function isRestart(name: string, restarts: boolean): boolean {
  return restarts || name.startsWith(RESTART);
}
