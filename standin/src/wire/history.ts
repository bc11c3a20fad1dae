import { unimplemented, StatementError } from '../protocol/statement-error.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { isBefore, systemTimeNow, timestampOf, type SystemTime } from '../sql/time-travel/system-time.ts';
import { namedRelations } from '../sql/time-travel/named-relations.ts';
import type { Statement } from '../sql/text/statement.ts';
import { quoteText } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** When a relation was created, and whether another one had the same name before. */
interface Birth {
  at: SystemTime;
  isFirst: boolean;
}

/**
 * What the stand-in knows about the past of its cluster: when it was written to last, when relations were created, and
 * snapshots of a few earlier states (`snapshot-keeper.ts`). CockroachDB keeps every state of the last 25 hours.
 */
export class History {
  readonly snapshots: SnapshotKeeper;
  /** Nothing is known about the time before the server started. */
  #lastWrite: SystemTime = systemTimeNow();
  /** When an existing table was changed, dropped or emptied last. */
  #lastChange = this.#lastWrite;
  /** Errors about what is known not to have existed. */
  readonly #certain = new WeakSet<StatementError>();
  readonly #births = new Map<string, Birth>();

  constructor(snapshots: SnapshotKeeper) {
    this.snapshots = snapshots;
  }

  /**
   * Does something that writes to a database when it commits: keeps the state before, and records the time. `changesIt`
   * says that it changes existing tables, which older snapshots would show wrongly.
   */
  async write(database: string, changesIt: boolean, commit: () => Promise<void>): Promise<void> {
    await this.snapshots.beforeWrite();
    try {
      await commit();
      this.#lastWrite = systemTimeNow();
      if (changesIt) this.#lastChange = this.#lastWrite;
    } finally {
      this.snapshots.afterWrite(database);
    }
    if (changesIt) await this.snapshots.forget();
  }

  /**
   * Begins a transaction of this connection that reads at that time; `tell` sends its BEGIN. Returns false when the
   * data of that time is not known: then the transaction may read no data.
   */
  async begin(backend: Backend, tell: (sql: string) => Promise<void>, time: SystemTime): Promise<boolean> {
    const isPresent = this.isPresent(time);
    const snapshot = isPresent ? undefined : this.snapshots.find(backend.database, time);
    await tell(
      'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ' + `SET LOCAL crdb.began = ${quoteText(timestampOf(time))}`,
    );
    if (snapshot !== undefined) await backend.rows(`SET TRANSACTION SNAPSHOT ${quoteText(snapshot)}`);
    // The first query fixes what the transaction sees.
    await backend.rows('SELECT 1');
    return snapshot !== undefined || (isPresent && this.isPresent(time));
  }

  /** Records that a relation was created, or has got this name. */
  noteCreated(database: string, relation: string): void {
    const key = keyOf(database, relation);
    this.#births.set(key, { at: systemTimeNow(), isFirst: !this.#births.has(key) });
  }

  /** Returns what an error means for a read at that time: what is missing now may have been there then. */
  judge(error: StatementError, time: SystemTime): StatementError {
    const { code } = error.fields;
    const isMissing = code === SQLSTATE.undefinedTable || code === SQLSTATE.undefinedColumn;
    const isCertain = !isMissing || this.#certain.has(error) || !isBefore(time, this.#lastChange);
    return isCertain ? error : noHistory(time);
  }

  /**
   * Checks a statement that reads at that time. Throws StatementError (undefinedTable) when one of its relations did
   * not exist, and featureNotSupported when its data is not known.
   */
  check(database: string, statement: Statement, time: SystemTime, isKnown: boolean): void {
    const { paths, readsAny } = namedRelations(statement);
    for (const path of paths) {
      const birth = this.#births.get(keyOf(database, path.at(-1)!));
      if (!birth || !isBefore(time, birth.at)) continue;
      if (!birth.isFirst) throw noHistory(time);
      const error = new StatementError(SQLSTATE.undefinedTable, `relation "${path.join('.')}" does not exist`);
      this.#certain.add(error);
      throw error;
    }
    if (readsAny && !isKnown) throw noHistory(time);
  }

  /** Whether all that has been written was there at that time, so that it reads what is read now. */
  isPresent(time: SystemTime): boolean {
    return !isBefore(time, this.#lastWrite);
  }
}

/** Returns the refusal to read at that time. */
function noHistory(time: SystemTime): StatementError {
  return unimplemented(
    `the stand-in for CockroachDB does not know the data as of ${timestampOf(time)}: it keeps little history`,
    { hint: 'This is a stand-in over PostgreSQL. CockroachDB itself keeps all versions of the last 25 hours.' },
  );
}

function keyOf(database: string, relation: string): string {
  return JSON.stringify([database, relation]);
}
