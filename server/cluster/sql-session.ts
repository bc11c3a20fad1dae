import type { TransactionState } from '../../shared/protocol.ts';

/** One statement's answer: values as text, as on the wire. */
export interface QueryResult {
  columns: string[];
  /** The first thousand or so, as `MessageGuard` has it; of rows without columns there is nothing to keep. */
  rows: (string | null)[][];
  tag: string;
  /** All rows that came, not only those in `rows`. */
  count: number;
}

/** A connection to the database, with what was set and begun in it. */
export interface SqlSession {
  /** Nothing can be asked any more. */
  readonly isOver: boolean;
  /** The transaction that the last statement left, if any. */
  readonly transaction: TransactionState | undefined;
  /** Settles when the connection is closed. */
  readonly ended: Promise<void>;
  /**
   * Sends one statement and returns its answer. Throws DatabaseError; `isOver` then says whether the session can still
   * be used.
   */
  query(statement: string): Promise<QueryResult>;
  /**
   * Has the database give up the statement under way, so that the session lives on; one that does not in time is cut.
   * Never throws.
   */
  cancel(): Promise<void>;
  /** Ends the session, and with it whatever it is doing. Idempotent; never throws. */
  close(): Promise<void>;
  /** Cuts the connection at once. */
  destroy(): void;
}
