import type { Mode } from './modes.ts';

/**
 * What crosses the wire between the page and the server: types only, so that no reader downloads validators
 * (those live in `http/`). The page sends steps, the server answers with a stream of events.
 */

export type { Mode };

/** One runnable block of a tutorial, as the page sends it. `id`: unique in its page. */
export type Step = { id: string } & StepBody;

/** What a step does: writes a file, runs a command, or sends statements to the database. */
export type StepBody =
  /** `path`: from the reader's home. */
  | { kind: 'file'; path: string; text: string }
  /**
   * `background`: its program lives on when its run ends. `session`: the SQL shell that it opens; earlier sessions of
   * that name end with it.
   */
  | { kind: 'shell'; command: string; background?: boolean; session?: string }
  /**
   * Steps of one `session`, user and database share a session of the database's, which lives on when their runs end. A
   * step without one has a session of its own.
   */
  | { kind: 'sql'; statements: string; user: string; database?: string; session?: string };

/** Body of `POST /api/sandboxes`. */
export interface ClaimRequest {
  mode: Mode;
  /** Modules that the sandbox loads ahead of a run; none when absent. */
  imports?: string[];
}

/** Body of `POST /api/sandboxes/:id/runs`: what to do, in that order. */
export interface RunRequest {
  steps: Step[];
}

/** A table of the reader's databases: its first rows, and how many there are in all. */
export interface Table {
  database: string;
  /** Absent: `public`. */
  schema?: string;
  name: string;
  columns: string[];
  rows: (string | null)[][];
  /** All rows of the table, not only those in `rows`. */
  count: number;
}

/** What the reader's databases hold: some of their tables, and how many more there are. */
export interface Holdings {
  tables: Table[];
  /** What is not in `tables`: further tables of the databases that were looked at, and databases that were not. */
  unlisted: { tables: number; databases: number };
}

/** Which rows of which table are asked for: the query of `GET /api/sandboxes/:id/table`. */
export interface TableQuery {
  database: string;
  schema: string;
  name: string;
  /** A column; the primary key when absent. */
  sort?: string | undefined;
  descending?: boolean | undefined;
  /** How many rows, and how many are passed over before them. */
  limit: number;
  offset: number;
}

/** A column of a table. */
export interface Column {
  name: string;
  /** In CockroachDB's words: `INT8`, `DECIMAL(10,2)`. */
  type: string;
  /** It is part of the primary key. */
  isKey?: true;
  /** The sum of its values, when it holds numbers and is no key; null when there are no values. */
  sum?: string | null;
}

/** Some rows of a table, read at one moment with how many there are and their sums. */
export interface TablePage {
  /** All rows of the table. */
  count: number;
  /** Those that are shown; a hidden `rowid` is not. */
  columns: Column[];
  /** How many more columns it has. */
  moreColumns: number;
  rows: (string | null)[][];
  /** For each of `rows` its primary key in one word. Absent when there is none that can be read. */
  keys?: string[];
  /** The statements that this was read with. */
  sql: { tables: string; totals: string; rows: string };
}

/** How a transaction stands that has begun and not ended: an aborted one refuses everything but its end. */
export type TransactionState = 'open' | 'aborted';

/** A transaction that is open in a session: which step was the last in it, and how long it is left so. */
export interface OpenTransaction {
  session: string;
  step: string;
  state: TransactionState;
  /** Until it is rolled back if nothing happens in it, milliseconds. */
  leftMs: number;
}

/**
 * Why a run ended. `server-failed`: by no fault of the reader's, with an error id in the message; the sandbox is still
 * there.
 */
export type EndReason =
  'finished' | 'failed-step' | 'timed-out' | 'too-much-output' | 'stopped' | 'lost' | 'server-failed';

/**
 * Why the session that a step would have been typed into has ended. `transaction`: one was open or aborted in it, and
 * was rolled back.
 */
export type SessionEnd = { transaction?: TransactionState } & (
  | {
      cause: 'lost' | 'stopped' | 'timed-out' | 'too-large' | 'done-anew' | 'opened-anew' | 'ended-by-reader';
    }
  /** Nothing was done in it, or in its transaction, for so long. */
  | { cause: 'unused'; unusedMs: number }
  /** Others took its place; `mostSessions`: how many a sandbox keeps. */
  | { cause: 'crowded-out'; mostSessions: number }
);

/**
 * What became of a step's session. `left-open`: the step ended inside a transaction of a session of its own, which was
 * rolled back. `rolled-back`: so was one that was aborted, or that a COMMIT did not keep.
 */
export type SessionNews = SessionEnd | { cause: 'left-open' } | { cause: 'rolled-back' };

/** One event of a run. Each has an id on the wire, counted from 1; `end` comes exactly once, and last. */
export type RunEvent =
  | { type: 'begin'; step: string }
  | { type: 'output'; stream: 'stdout' | 'stderr'; text: string }
  /** `count`: how many rows the statement had, of which `rows` are the first; absent when `rows` are all. */
  | { type: 'rows'; columns: string[]; rows: (string | null)[][]; tag: string; count?: number }
  | ({ type: 'session' } & SessionNews)
  /** `transaction`: what the step leaves in its session. */
  | { type: 'done'; step: string; ok: boolean; exitCode?: number; ms: number; transaction?: TransactionState }
  | ({ type: 'tables' } & Holdings)
  | { type: 'end'; reason: EndReason; message?: string };

/** Which database runs, as the page tells the reader. */
export interface EngineInfo {
  /** `CockroachDB`, or `stand-in` for the PostgreSQL stand-in. */
  name: string;
  version: string;
  standIn: boolean;
}

/** Answer of `GET /api/health`: 200 when a sandbox can be had, else 503 with `reason`. */
export interface Health {
  ready: boolean;
  /** A sentence for people: why no code can run now. Absent when `ready`. */
  reason?: string;
  engine?: EngineInfo;
  /** For example `runc 1.1.5`. */
  runtime?: string;
  slots?: { total: number; free: number };
  /**
   * What this machine does not limit, in general words; where, is for the operator. Absent when everything is limited.
   */
  unlimited?: string[];
}

/**
 * Answer of `POST /api/embeds`: what a page of another site sends as `Authorization: Bearer …`, and what is its
 * readers' in place of a cookie.
 */
export interface EmbedToken {
  token: string;
}

/** Why a sandbox no longer exists. */
export type LostCause = 'expired' | 'reset' | 'out-of-memory' | 'engine-ended' | 'drained' | 'agent-lost' | 'shutdown';

/** Answer of `POST /api/sandboxes` and `GET /api/sandboxes/:id`. */
export interface SandboxInfo {
  id: string;
  mode: Mode;
  state: 'ready' | 'running' | 'gone';
  engine: EngineInfo;
  /** Ids of the steps that this sandbox did, in the order it did them. */
  done: string[];
  /**
   * Of those, the ones whose effects ended with their session: its open transaction, or what they had set. None when
   * absent.
   */
  undone?: string[];
  /** None when absent. */
  transactions?: OpenTransaction[];
  /** When it will be removed if nothing happens, epoch milliseconds. */
  expiresAtMs: number;
  /** Set when `state` is `gone`. */
  cause?: LostCause;
  /** What it was allowed to use, bytes. Set when `cause` is. */
  memoryBytes?: number;
}

/** Body of every answer with a status of 400 and above. */
export interface Problem {
  error: {
    /** Stable, for programs: `bad-request`, `not-found`, `full`, … */
    code: string;
    /** One sentence for people. */
    message: string;
    /** Only with failures on our side: find the cause in the server's log by it. */
    id?: string;
  };
}

/**
 * What crosses a terminal's WebSocket, `GET /api/sandboxes/:id/terminals/:number`: binary messages, a letter and what
 * belongs to it. Of D and of I, 128 KiB may be on their way, each, before the other side has told of some by T. A page
 * that is away (its connection broke, it was reloaded) has some time to come back; `DELETE` on the same address ends
 * the terminal at once.
 *
 * | letter | to the server                                  | from the server                                     |
 * |--------|------------------------------------------------|-----------------------------------------------------|
 * | O      | first, and once: JSON TerminalOpening          |                                                     |
 * | I      | keys: bytes for the program                    |                                                     |
 * | S      | new size: u16 columns, u16 rows, big-endian    |                                                     |
 * | T      | u32 bytes of D were drawn: credit for as many  | u32 bytes of I were taken: credit for as many       |
 * | B      |                                                | first: JSON TerminalBeginning                       |
 * | D      |                                                | bytes of the program, hostile                       |
 * | E      |                                                | the end, and last: JSON TerminalEnd                 |
 */
export type TerminalMessage = 'O' | 'I' | 'S' | 'T' | 'B' | 'D' | 'E';

/** How a page opens a terminal, or comes back to it. */
export interface TerminalOpening {
  columns: number;
  rows: number;
  /**
   * The shell's command line to begin with, when there is no program yet: `cockroach sql …`. A plain shell when
   * absent.
   */
  command?: string;
  /** Comes back: how many bytes of the program of that `key` the page has already drawn. */
  from?: { key: string; bytes: number };
}

/**
 * What the bytes that follow are: what the program sends after what the page has drawn, if that is still held; else all
 * that is held.
 */
export interface TerminalBeginning {
  /** Names the program; a new one has another. */
  key: string;
  /** How many bytes it had sent before the first that follows. Other than asked for: draw on an empty screen. */
  bytes: number;
  /**
   * So many of those that follow are old, and some page drew them: questions in them were answered, and are not
   * answered again. None when absent.
   */
  old?: number;
}

/**
 * Why a terminal no longer exists: its program ended (without a code: we ended it), or the sandbox did, or another page
 * took the terminal (and has it), or we refused it.
 */
export interface TerminalEnd {
  reason: 'exited' | 'lost' | 'taken' | 'refused';
  exitCode?: number;
  /** A sentence for people, where the reason does not say all. */
  message?: string;
}
