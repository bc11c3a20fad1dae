import type { Mode } from './modes.ts';

/**
 * The API between the page and the server. It contains only types, so that readers download no validators; those are in
 * `server/http/validators.ts`. The page sends steps, and the server answers with a stream of events. The messages of a
 * terminal are in `terminal-protocol.ts`.
 */

export type { Mode };

/** One runnable block of a tutorial, as the page sends it. `id` is unique on its page. */
export type Step = { id: string } & StepBody;

/** What a step does: writes a file, runs a command, or sends statements to the database. */
export type StepBody = FileBody | (ShellBody & StepTerms) | (SqlBody & StepTerms);

interface FileBody {
  kind: 'file';
  /** Relative to the reader's home. */
  path: string;
  text: string;
}

/** What a step that runs a program or sends statements may ask for. */
interface StepTerms {
  /** The step is meant to fail: when it does, the run goes on, and the step counts as done. */
  fails?: true;
  /** Its limit, in place of the server's usual one; the server's most still counts. */
  limitMs?: number;
}

interface ShellBody {
  kind: 'shell';
  command: string;
  /** Whether its program keeps running when its run ends. */
  background?: boolean;
  /** The SQL shell that it opens, which ends earlier sessions of that name. */
  session?: string;
  /** Steps with the same `shell` share directory, variables, functions and options. */
  shell?: string;
  /** What its program reads from standard input; default: nothing. */
  input?: string;
}

interface SqlBody {
  kind: 'sql';
  statements: string;
  user: string;
  database?: string;
  /**
   * Steps with the same `session`, user and database share a database session, which is kept between runs. A step
   * without `session` has its own.
   */
  session?: string;
  /**
   * Only with `session`. The step is done, too, when its last statement is seen to wait for another session. The answer
   * then comes in the session's next step, before that step's own. When it is an error, and this step is not meant to
   * fail, the next one counts as failed, but its statements are sent all the same.
   */
  waits?: true;
}

/** Body of `POST /api/sandboxes`. */
export interface ClaimRequest {
  mode: Mode;
  /** Modules that the sandbox loads in advance; default: none. */
  imports?: string[];
  /**
   * Whether the reader gets a place in the queue when all slots are taken; default: true. A page that claims before Run
   * was pressed wants none.
   */
  waits?: boolean;
}

/** Body of `POST /api/sandboxes/:id/runs`: the steps to run, in that order. */
export interface RunRequest {
  steps: Step[];
}

/** A table in the reader's databases: its first rows, and the number of all rows. */
export interface Table {
  database: string;
  /** Default: `public`. */
  schema?: string;
  name: string;
  columns: string[];
  rows: (string | null)[][];
  /** The number of all rows of the table, not only those in `rows`. */
  count: number;
}

/** The content of the reader's databases: some tables, and how many more there are. */
export interface Holdings {
  tables: Table[];
  /** What is not in `tables`: further tables of the databases that were read, and databases that were not read. */
  unlisted: { tables: number; databases: number };
}

/** The query of `GET /api/sandboxes/:id/table`: which rows of which table. */
export interface TableQuery {
  database: string;
  schema: string;
  name: string;
  /** The column to sort by; default: the primary key. */
  sort?: string | undefined;
  descending?: boolean | undefined;
  /** How many rows to return, and how many to skip before them. */
  limit: number;
  offset: number;
}

/**
 * The query of `POST /api/sandboxes/:id/here` and `…/away`, by which a page says that it may use the sandbox and that
 * it was left. When all such pages have been left, the sandbox is kept for a while only.
 */
export interface PageQuery {
  /** A random name of the page as it is open in one tab. */
  page: string;
}

/** A column of a table. */
export interface Column {
  name: string;
  /** As CockroachDB names it: `INT8`, `DECIMAL(10,2)`. */
  type: string;
  /** Whether it is part of the primary key. */
  isKey?: true;
  /** The sum of its values if it is numeric and not part of a key; null when there are no values. */
  sum?: string | null;
}

/** Some rows of a table, with the number of all rows and sums, read in one transaction. */
export interface TablePage {
  /** The number of all rows of the table. */
  count: number;
  /** The visible columns, so without a hidden `rowid`. */
  columns: Column[];
  /** How many more columns it has. */
  moreColumns: number;
  rows: (string | null)[][];
  /** A string for each of `rows` that identifies it by its primary key. Absent when the key cannot be read. */
  keys?: string[];
  /** The statements that read it. */
  sql: { tables: string; totals: string; rows: string };
}

/** The state of an unfinished transaction: an aborted one accepts only its end. */
export type TransactionState = 'open' | 'aborted';

/** An open transaction of a session: the last step in it, and how long it will stay open. */
export interface OpenTransaction {
  session: string;
  step: string;
  state: TransactionState;
  /** The time until it is rolled back if it stays unused, milliseconds. */
  leftMs: number;
}

/**
 * Why a run ended. `server-failed` is a failure on our side, with an error id in the message; the sandbox still exists.
 */
export type EndReason =
  'finished' | 'failed-step' | 'timed-out' | 'too-much-output' | 'stopped' | 'lost' | 'server-failed';

/**
 * Why the session that a step would have used has ended. `transaction` is the state of the transaction in it, which was
 * rolled back.
 */
export type SessionEnd = { transaction?: TransactionState } & (
  | {
      cause: 'lost' | 'stopped' | 'timed-out' | 'too-large' | 'done-anew' | 'opened-anew' | 'ended-by-reader';
    }
  /** It, or its transaction, was not used for that time. */
  | { cause: 'unused'; unusedMs: number }
  /** Other sessions were used more recently; `maxSessions` is how many a sandbox keeps. */
  | { cause: 'crowded-out'; maxSessions: number }
);

/**
 * What happened to a step's session. `left-open`: the step ended inside a transaction of its own session, which was
 * rolled back. `rolled-back`: an aborted transaction was rolled back, at its COMMIT or at the session's end.
 */
export type SessionNews = SessionEnd | { cause: 'left-open' } | { cause: 'rolled-back' };

/** The end of a step. */
interface StepEnd {
  type: 'done';
  step: string;
  /** Whether it succeeded; also for a step that is meant to fail. */
  ok: boolean;
  exitCode?: number;
  /** Of a failed SQL step: the database's code. Absent when the error has none, as when the connection was lost. */
  sqlState?: string;
  ms: number;
  /** The state of the transaction that the step leaves in its session. */
  transaction?: TransactionState;
  /** Its last statement is not answered yet: it waits for another session. */
  isWaiting?: true;
}

/**
 * One event of a run. Each is sent with an id, counted from 1; there is exactly one `end`, and it is the last event.
 */
export type RunEvent =
  | { type: 'begin'; step: string }
  | { type: 'output'; stream: 'stdout' | 'stderr'; text: string }
  /** `count` is the number of the statement's rows, of which `rows` are the first; absent when `rows` has all. */
  | { type: 'rows'; columns: string[]; rows: (string | null)[][]; tag: string; count?: number }
  | ({ type: 'session' } & SessionNews)
  /** What follows is the answer that the session's last step has waited for, or from here on the step's own. */
  | { type: 'answer'; of: 'waited' | 'own' }
  | StepEnd
  | ({ type: 'tables' } & Holdings)
  | { type: 'end'; reason: EndReason; message?: string };

/** The database that runs in sandboxes. */
export interface EngineInfo {
  /** `CockroachDB`, or `stand-in` for the PostgreSQL stand-in. */
  name: string;
  version: string;
  standIn: boolean;
}

/** Answer of `GET /api/health`: 200 when sandboxes are available, otherwise 503 with `reason`. */
export interface Health {
  ready: boolean;
  /** It makes no new sandboxes, and ends when the last one has. Those who have one go on. Default: false. */
  draining?: true;
  /**
   * Which server answers, of several or since its last start: another one knows nothing of a reader's clusters. Absent
   * while runs are off.
   */
  server?: string;
  /** A sentence for readers on why no code can run now. Absent when `ready`. */
  reason?: string;
  engine?: EngineInfo;
  /** For example `runc 1.1.5`. */
  runtime?: string;
  slots?: { total: number; free: number };
  /**
   * What this machine does not limit, in general words; only the operator is told the details. Absent when everything
   * is limited.
   */
  unlimited?: string[];
}

/**
 * Answer of `POST /api/embeds`: the token that a page of another site sends as `Authorization: Bearer …`, in place of a
 * cookie.
 */
export interface EmbedToken {
  token: string;
}

/** Why a sandbox no longer exists. */
export type LostCause =
  'expired' | 'left' | 'reset' | 'out-of-memory' | 'engine-ended' | 'drained' | 'agent-lost' | 'shutdown';

/** Answer of `POST /api/sandboxes` and `GET /api/sandboxes/:id`. */
export interface SandboxInfo {
  id: string;
  mode: Mode;
  state: 'ready' | 'running' | 'gone';
  engine: EngineInfo;
  /** Ids of the steps that were done in this sandbox, in that order. */
  done: string[];
  /**
   * Those of them whose effects were lost with their session: changes of an open transaction, or settings. Default:
   * none.
   */
  undone?: string[];
  /** Default: none. */
  transactions?: OpenTransaction[];
  /** When it will be removed if it stays unused, epoch milliseconds. */
  expiresAtMs: number;
  /** Set when `state` is `gone`. */
  cause?: LostCause;
  /** Its memory limit, bytes. Set when `cause` is set. */
  memoryBytes?: number;
}

/** Body of every answer with a status of 400 or above. */
export interface Problem {
  error: {
    /** A stable code for programs: `bad-request`, `not-found`, `full`, … */
    code: string;
    /** One sentence for people. */
    message: string;
    /** Only for failures on our side: the id under which the cause is in the server's log. */
    id?: string;
    /** With `full`: the reader's place in the queue, which is kept for those who ask again in time; 1 is the next. */
    place?: number;
    /** With `place`: an estimate of the time until it is their turn, milliseconds. Absent when nothing is known. */
    waitMs?: number;
  };
}
