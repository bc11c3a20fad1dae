import type { Statement } from '../text/statement.ts';
import type { SystemTime } from '../time-travel/system-time.ts';
import type { TableShapes } from './table-shape.ts';
import type { NodeControl } from './node.ts';
import type { Translation } from './translation.ts';

/** What a translator may know about the session, and what it may do to carry out a statement. */
export interface Context {
  readonly user: string;
  /** The client's database, which need not exist. */
  readonly database: string;
  /**
   * Returns the rows of an internal query, as text. It runs in the client's transaction and must not fail, because that
   * would abort the transaction.
   */
  query: (sql: string) => Promise<(string | null)[][]>;
  /** Runs internal statements one after the other. Throws StatementError. */
  execute: (...sql: string[]) => Promise<void>;
  /** Runs internal statements in another database, as the same user, outside the transaction. Throws StatementError. */
  executeIn: (database: string, ...sql: string[]) => Promise<void>;
  /**
   * Runs internal statements as root: for members of admin, who do not inherit root's attributes in PostgreSQL. Throws
   * StatementError.
   */
  executeAsRoot: (...sql: string[]) => Promise<void>;
  /** Moves the session to another database, as `USE` does. Throws StatementError when it does not exist. */
  useDatabase: (database: string) => Promise<void>;
  /** The changed cluster settings, by name; all sessions of a server share them. */
  readonly clusterSettings: Map<string, string>;
  readonly session: SessionControl;
  /** The node, with all its sessions. */
  readonly node: NodeControl;
}

/** What statements may read and change in their session. */
export interface SessionControl {
  /** The session variables that were set, by name. */
  readonly variables: Map<string, string>;
  readonly transaction: TransactionControl;
  /** 32 hexadecimal digits, as CockroachDB names sessions. */
  readonly id: string;
  /** How long the statement before took, in milliseconds. */
  readonly lastTookMs: number;
  /** Whether clients connect with TLS and certificates. */
  readonly secure: boolean;
  /** Forgets variables and prepared statements. */
  discard: () => void;
  /** Drops a statement that was prepared by the extended protocol. Returns false when there is none with that name. */
  deallocate: (name: string) => Promise<boolean>;
  /** Drops all statements that were prepared by the extended protocol. */
  deallocateAll: () => void;
  /** Moves every other idle session out of the database, so that it can be dropped. */
  leaveDatabase: (database: string) => Promise<void>;
  /** Throws StatementError (diskFull) when the disk has no room for another database. */
  requireRoomForDatabase: () => void;
  /** Returns the shapes of tables, from a cache where possible. */
  shapes: (paths: readonly string[][], context: Context) => Promise<TableShapes>;
  /** Records that a relation with this name was created. */
  noteCreated: (relation: string) => void;
  /**
   * Translates a statement inside another, such as the one that EXPLAIN explains, with the context of the outer one.
   * Throws StatementError.
   */
  translate: (statement: Statement, context?: Context) => Promise<Translation>;
}

/** What BEGIN says of its transaction. */
export interface Modes {
  /** Undefined for the session's default. */
  readOnly?: boolean;
  priority: string;
  /** The time that it reads at; undefined for the present. */
  readTime?: SystemTime;
}

/** A savepoint of the client's. */
export interface Savepoint {
  name: string;
  /** Whether nothing had been read or written before it: rolling back to it restarts the transaction. */
  isInitial: boolean;
  /** Whether releasing it commits the transaction, as for `cockroach_restart`. */
  commitsOnRelease: boolean;
}

/** The transaction as the client sees it. */
export interface TransactionControl {
  /** `committed` once `cockroach_restart` is released, until COMMIT. */
  readonly state: 'none' | 'open' | 'aborted' | 'committed';
  readonly priority: string;
  /** Throws StatementError when a transaction is open that has read or written. */
  setPriority: (priority: string) => void;
  setReadOnly: (readOnly: boolean) => Promise<void>;
  /** The time that it reads at; undefined for the present. */
  readonly readTime: SystemTime | undefined;
  /** Has the open transaction read at that time. Throws StatementError. */
  readAt: (time: SystemTime) => Promise<void>;
  /** Throws StatementError when a transaction is open. */
  checkNone: () => void;
  begin: (modes: Modes) => Promise<void>;
  /** Returns the command tag: `COMMIT`, or `ROLLBACK` when there was nothing left to commit. */
  commit: () => Promise<string>;
  /** Returns the command tag. */
  rollback: () => Promise<string>;
  readonly savepoints: readonly Savepoint[];
  /** With `restarts`, any name acts as `cockroach_restart` does. */
  savepoint: (name: string, restarts: boolean) => Promise<void>;
  rollbackTo: (name: string) => Promise<void>;
  /** Returns the command tag: releasing `cockroach_restart` commits. */
  release: (name: string) => Promise<string>;
  readonly schema: SchemaChangesControl;
}

/** What the open transaction has done to names. */
export interface SchemaChangesControl {
  /**
   * Columns that this transaction has added: they cannot be used until it ends
   * (cockroachlabs.com/docs/stable/online-schema-changes#limitations).
   */
  readonly addedColumns: ReadonlySet<string>;
  noteColumn: (name: string) => void;
  /** Relations that this transaction has dropped, and that existed before it: their names stay taken until it ends. */
  readonly droppedTables: ReadonlySet<string>;
  noteDropped: (table: string) => void;
  /** Columns and indexes that it has dropped, as `table.column` and `table.@index`: their names stay taken, too. */
  readonly droppedParts: ReadonlySet<string>;
  noteDroppedPart: (table: string, part: string) => void;
  /** Whether the transaction has created a relation of that name. */
  isNew: (table: string) => boolean;
  /** Has statements executed when the transaction commits. When they fail, it commits all the same, and tells it. */
  defer: (sql: string) => void;
  noteCreated: (table: string) => void;
  /** The old names of the relations that it has renamed, which stay taken too. */
  readonly renamedTables: ReadonlySet<string>;
  noteRenamed: (table: string) => void;
}
