import type { Problem } from '../protocol/problem.ts';
import type { Column } from '../protocol/messages.ts';
import type { Statement } from './statement.ts';

/** What a statement answers when it is answered here, not by PostgreSQL. Values are text, as on the wire. */
export interface Answer {
  tag: string;
  columns?: Column[];
  rows?: (string | null)[][];
  notices?: Problem[];
}

/** PostgreSQL answers: its text, and how its answer is to be told. */
export interface RunPlan {
  kind: 'run';
  sql: string;
  /** Where a character of `sql` stands in the statement; both count from 0. */
  original?: (position: number) => number;
  /** Replaces PostgreSQL's tag; `{rows}` stands for the number of rows. */
  tag?: string;
  /** Names and types told to the client in place of PostgreSQL's, column by column. */
  columns?: Column[];
  /** SQLSTATEs that count as success, with the tag to answer. */
  okIf?: Record<string, string>;
  notices?: Problem[];
  /** Repairs a problem's words; gets it after the general translation. */
  problem?: (problem: Problem) => Problem;
}

/** The stand-in answers, perhaps after asking PostgreSQL. */
export interface ActPlan {
  kind: 'act';
  /** Told by Describe before the statement runs; none for a statement without rows. */
  columns?: Column[];
  /** Also allowed where the transaction has failed or is committed. */
  always?: boolean;
  act: () => Promise<Answer> | Answer;
}

export type Plan = RunPlan | ActPlan;

/** What a translation may know and do. */
export interface Context {
  readonly user: string;
  /** The database as the client names it; it need not exist. */
  readonly database: string;
  /**
   * Rows of a query of our own, in the client's transaction. Must not fail by itself: that would abort the transaction.
   */
  ask: (sql: string) => Promise<(string | null)[][]>;
  /** Runs statements of our own, one after the other. Throws SqlError. */
  tell: (...sql: string[]) => Promise<void>;
  /** Runs statements of our own in another database, as the same user, outside the transaction. Throws SqlError. */
  elsewhere: (database: string, ...sql: string[]) => Promise<void>;
  /**
   * Runs statements of our own as root: for members of admin, whom PostgreSQL does not give root's attributes. Throws
   * SqlError.
   */
  asRoot: (...sql: string[]) => Promise<void>;
  /** Leaves for another database, as `USE` does. Throws SqlError 3D000 when there is none. */
  use: (database: string) => Promise<void>;
  readonly session: SessionControl;
}

/** The parts of a session that statements steer. */
export interface SessionControl {
  readonly variables: Map<string, string>;
  readonly transaction: TransactionControl;
  /** 32 hexadecimal digits, as CockroachDB names sessions. */
  readonly id: string;
  /** Whether clients come with TLS and certificates. */
  readonly secure: boolean;
  /** Forgets variables and prepared statements. */
  discard: () => void;
  /** Ends the session after this statement. */
  end: () => void;
  /** Makes the whole server refuse new connections, as `node drain` does. */
  drain: () => void;
  /** Ends the whole server at once with that exit code. */
  crash: (exitCode: number) => void;
  /** Closes what other sessions hold open in that database. */
  leaveDatabase: (database: string) => Promise<void>;
  /** Plans a statement of our own text, for SHOW … inside others and the like. */
  plan: (statement: Statement) => Promise<Plan>;
}

/** The transaction as the client sees it. */
export interface TransactionControl {
  readonly state: 'none' | 'open' | 'aborted' | 'committed';
  readonly priority: string;
  setPriority: (priority: string) => void;
  begin: (modes: { readOnly: boolean; priority: string }) => Promise<void>;
  /** Gives the tag: `COMMIT`, or `ROLLBACK` when there was nothing left to commit. */
  commit: () => Promise<string>;
  rollback: () => Promise<string>;
  savepoint: (name: string) => Promise<void>;
  rollbackTo: (name: string) => Promise<void>;
  /**
   * A column was added: it cannot be used before the transaction ends
   * (cockroachlabs.com/docs/stable/online-schema-changes#limitations).
   */
  noteColumn: (name: string) => void;
  noteDropped: (table: string) => void;
  readonly addedColumns: ReadonlySet<string>;
  readonly droppedTables: ReadonlySet<string>;
  /** Gives the tag: releasing `cockroach_restart` commits. */
  release: (name: string) => Promise<string>;
}
