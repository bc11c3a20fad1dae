import type { ErrorFields } from '../../protocol/statement-error.ts';
import type { Column } from '../../protocol/columns.ts';
import type { TextEdits } from '../text/text-edits.ts';

/** How a statement is carried out. */
export type Translation = Forward | Local;

/** PostgreSQL carries out the statement, rewritten as `sql`. */
export interface Forward extends Reporting {
  kind: 'forward';
  sql: string;
  /** Maps a position in `sql` to the position in the statement; both count from 0. */
  original?: (position: number) => number;
  /** The columns that stars stand for, where they are written out: they change with the tables. */
  stars?: string;
}

/** How PostgreSQL's answer is reported to the client. */
interface Reporting {
  /** Replaces PostgreSQL's command tag; `{rows}` stands for the number of rows. */
  tag?: string;
  /** Names and types that replace those of PostgreSQL's answer, column by column. */
  columns?: Column[];
  notices?: ErrorFields[];
  /** Rewords an error that is already in CockroachDB's words, with what only this statement knows. */
  rewordError?: (error: ErrorFields) => ErrorFields;
}

/** The stand-in carries out the statement itself, perhaps with queries to PostgreSQL. */
export interface Local {
  kind: 'local';
  /** What Describe answers before the statement runs; undefined for a statement without rows. */
  columns?: Column[];
  /** Whether it is allowed after the release of `cockroach_restart` has committed the transaction. */
  afterCommit?: boolean;
  /** Throws StatementError. */
  execute: () => Promise<StatementResult> | StatementResult;
}

/** The client's answer to a statement that the stand-in carried out. Values are text, as on the wire. */
export interface StatementResult {
  tag: string;
  columns?: Column[];
  rows?: (string | null)[][];
  notices?: ErrorFields[];
}

/** Returns a translation that forwards a statement with these edits to its text. */
export function forward(edits: TextEdits, reporting: Reporting = {}): Forward {
  return {
    kind: 'forward',
    sql: edits.apply(),
    original: (position) => edits.original(position),
    ...reporting,
  };
}

/** Returns a translation that carries out a statement without rows here, and answers with this command tag. */
export function local(tag: string, run: () => Promise<void> | void, notices?: ErrorFields[]): Local {
  return {
    kind: 'local',
    execute: async () => {
      await run();
      return { tag, notices };
    },
  };
}

/**
 * Returns a translation that answers a statement here with one row. The command tag is `tag` and the number of rows.
 */
export function localRow(
  tag: string,
  columns: Column[],
  row: () => Promise<(string | null)[]> | (string | null)[],
): Local {
  return {
    kind: 'local',
    columns,
    execute: async () => ({ tag: `${tag} 1`, columns, rows: [await row()] }),
  };
}
