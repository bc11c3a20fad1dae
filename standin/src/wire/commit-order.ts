import type { Backend } from './backend.ts';

/** How long a commit waits for another transaction that it may conflict with. CockroachDB waits until that one ends. */
const PATIENCE_MS = 3000;
const LOOK_MS = 20;

/**
 * Finds transactions that have read a whole table that this one writes, while this one has read a whole table that they
 * write: a possible write skew. PostgreSQL decides which of them may commit; the first to ask here waits for the other.
 */
const RIVALS = `
  SELECT DISTINCT theirs.pid
  FROM pg_catalog.pg_locks AS mine
  JOIN pg_catalog.pg_locks AS theirs
    ON theirs.relation = mine.relation
    AND theirs.database = mine.database
    AND theirs.pid <> mine.pid
  WHERE mine.pid = pg_catalog.pg_backend_pid()
    AND mine.mode = 'SIReadLock'
    AND mine.locktype = 'relation'
    AND theirs.mode = 'RowExclusiveLock'
    AND EXISTS (
      SELECT 1
      FROM pg_catalog.pg_locks AS read
      JOIN pg_catalog.pg_locks AS written
        ON written.relation = read.relation
        AND written.database = read.database
      WHERE read.pid = theirs.pid
        AND read.mode = 'SIReadLock'
        AND read.locktype = 'relation'
        AND written.pid = mine.pid
        AND written.mode = 'RowExclusiveLock'
    )`;

/**
 * The order of commits among the open transactions of one cluster
 * (cockroachlabs.com/docs/stable/architecture/transaction-layer).
 */
export class CommitOrder {
  readonly #open = new Set<Backend>();
  /**
   * The waiting processes and the turn at which each began to wait. The latest goes first, so that one of them always
   * can.
   */
  readonly #waiting = new Map<number, number>();
  #turns = 0;

  /** Adds a connection that may hold a transaction. Returns a function that removes it. */
  enter(backend: Backend): () => void {
    this.#open.add(backend);
    return () => this.#open.delete(backend);
  }

  /** Waits until the transaction of this connection may try to commit, at most `PATIENCE_MS`. */
  async turn(backend: Backend): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    const mine = ++this.#turns;
    this.#waiting.set(backend.pid, mine);
    try {
      while (this.#hasOthers(backend) && performance.now() < deadline) {
        const rivals = (await backend.rows(RIVALS)).map(([pid]) => Number(pid));
        if (!rivals.some((pid) => (this.#waiting.get(pid) ?? Infinity) > mine)) return;
        await new Promise((wake) => setTimeout(wake, LOOK_MS));
      }
    } finally {
      this.#waiting.delete(backend.pid);
    }
  }

  #hasOthers(backend: Backend): boolean {
    return [...this.#open].some((other) => other !== backend && other.status === 'T');
  }
}
