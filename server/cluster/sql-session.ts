import type { TransactionState } from '../../shared/protocol.ts';

/** The answer to one statement. Values are text, as on the wire. */
export interface QueryResult {
  columns: string[];
  /** The first ten thousand or so, within the limits of `MessageGuard`; rows without columns are not kept. */
  rows: (string | null)[][];
  tag: string;
  /** The number of all rows that arrived, not only those in `rows`. */
  count: number;
}

/** A connection to the database, with its settings and transaction. */
export interface SqlSession {
  /** Whether the session can no longer be used. */
  readonly isOver: boolean;
  /** The state of the transaction after the last statement, or undefined when there is none. */
  readonly transaction: TransactionState | undefined;
  /** Resolves when the connection has closed. */
  readonly ended: Promise<void>;
  /**
   * Sends one statement and returns its answer. Throws DatabaseError; `isOver` then says whether the session is still
   * usable.
   */
  query(statement: string): Promise<QueryResult>;
  /**
   * Asks the database to cancel the running statement, so that the session can be used again. Cuts the session when the
   * statement does not end in time. Never throws.
   */
  cancel(): Promise<void>;
  /** Ends the session and any running statement. Idempotent; never throws. */
  close(): Promise<void>;
  /** Cuts the connection at once. */
  destroy(): void;
}
