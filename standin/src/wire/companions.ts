import { quoteText } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';

/** What a connection that joins a transaction later must be told, too. */
const KEPT = /^(SAVEPOINT|RELEASE|ROLLBACK TO) /;

/**
 * A session's connections to databases other than its own. Their transactions begin, commit and roll back with the
 * session's. PostgreSQL commits them in two phases, so either all commit or none. Others may see one commit a moment
 * before the next; a write skew or a deadlock that spans two databases is not noticed as one (a lock is waited for
 * until `lock_timeout`).
 */
export class Companions {
  readonly #open = new Map<string, Backend>();
  #begin = 'BEGIN';
  /** The savepoints that were made, left and rolled back to since the transaction began. */
  #told: string[] = [];
  #count = 0;

  /** The connections, in the order in which they were opened. */
  get all(): Backend[] {
    return [...this.#open.values()].filter(({ lost }) => !lost);
  }

  /**
   * Returns the connection to a database, in a transaction if `own`, the session's connection, is in one. `connect`
   * opens it. Throws StatementError when PostgreSQL refuses it.
   */
  async get(database: string, own: Backend, connect: () => Promise<Backend>): Promise<Backend> {
    const known = this.#open.get(database);
    const backend = known && !known.lost ? known : await connect();
    this.#open.set(database, backend);
    if (own.status === 'T' && backend.status === 'I') await backend.execute(this.#begin, ...this.#told);
    return backend;
  }

  /**
   * Tells `own`, the session's connection, and those that have joined its transaction to begin or end it, or what
   * becomes of a savepoint. Throws StatementError when one refuses.
   */
  async tell(own: Backend, sql: string): Promise<void> {
    if (sql === 'COMMIT') await this.#commit(own);
    else {
      await own.rows(sql);
      // A retry rolls back the session's own transaction only; the others end here.
      const also = sql.startsWith('BEGIN') ? 'ROLLBACK' : sql;
      for (const backend of this.#joined()) await backend.rows(also);
    }
    if (KEPT.test(sql)) this.#told.push(sql);
    else this.#told = [];
    if (sql.startsWith('BEGIN')) this.#begin = sql;
  }

  /** Makes the connection to a database the session's own and returns it; `own` becomes one of the companions. */
  swap(database: string, own: Backend): Backend {
    const next = this.#open.get(database)!;
    this.#open.delete(database);
    this.#open.set(own.database, own);
    return next;
  }

  /** Logs out of one database, or of all. Transactions there are rolled back. */
  leave(database?: string): void {
    for (const [name, backend] of this.#open) {
      if (database !== undefined && name !== database) continue;
      backend.close();
      this.#open.delete(name);
    }
  }

  #joined(): Backend[] {
    return this.all.filter(({ status }) => status !== 'I');
  }

  /** Commits all transactions, or none. */
  async #commit(own: Backend): Promise<void> {
    const prepared = new Map<string, Backend>();
    try {
      for (const backend of this.#joined()) {
        const id = `${backend.pid} ${++this.#count}`;
        await backend.rows(`PREPARE TRANSACTION ${quoteText(id)}`);
        prepared.set(id, backend);
      }
      await own.rows('COMMIT');
    } catch (error) {
      for (const [id, backend] of prepared) await backend.rows(`ROLLBACK PREPARED ${quoteText(id)}`);
      for (const backend of [own, ...this.#joined()]) if (backend.status !== 'I') await backend.rows('ROLLBACK');
      throw error;
    }
    for (const [id, backend] of prepared) await backend.rows(`COMMIT PREPARED ${quoteText(id)}`);
  }
}
