/** A statement that a session is executing. */
export interface QueryFacts {
  /** 32 hexadecimal digits; the last ones name the node. */
  id: string;
  sql: string;
  startedAt: Date;
}

/** An open session of the node. */
export interface SessionFacts {
  id: string;
  user: string;
  /** The client's address and port. */
  client: string;
  applicationName: string;
  startedAt: Date;
  /** Undefined while the session waits for its client. */
  query: QueryFacts | undefined;
  lastQuery: string;
  /** The open transaction; undefined when there is none. */
  transaction: { id: string; statements: number } | undefined;
}

/** A change to the schema that has ended, which CockroachDB lists among its jobs. */
export interface Job {
  id: bigint;
  /** The statement. */
  description: string;
  user: string;
  startedAt: Date;
  finishedAt: Date;
}

/** What a session may see and do of the only node of the cluster. */
export interface NodeControl {
  readonly sessions: SessionFacts[];
  readonly jobs: readonly Job[];
  /** Cancels the statement with this id; returns whether there is one. */
  cancelQuery: (id: string) => boolean;
  /** Ends the session with this id; returns whether there is one. */
  cancelSession: (id: string) => boolean;
}
