import type { ErrorFields } from '../../protocol/statement-error.ts';
import type { Column } from '../../protocol/columns.ts';
import type { TextEdits } from '../text/text-edits.ts';

/** How a statement is carried out. */
export type Translation = Forward | Local;

/** PostgreSQL carries the statement out, in its own words. */
export interface Forward extends Reporting {
  kind: 'forward';
  sql: string;
  /** The place in the statement of a character of `sql`; both count from 0. */
  original?: (position: number) => number;
}

/** How PostgreSQL's answer is reported to the client. */
interface Reporting {
  /** Replaces PostgreSQL's command tag; `{rows}` stands for the number of rows. */
  tag?: string;
  /** Names and types that replace PostgreSQL's in the answer, column by column. */
  columns?: Column[];
  notices?: ErrorFields[];
  /** Rewords an error that is already in CockroachDB's words, for what only this statement knows. */
  rewordError?: (error: ErrorFields) => ErrorFields;
}

/** The stand-in carries the statement out itself, perhaps with queries to PostgreSQL. */
export interface Local {
  kind: 'local';
  /** What Describe answers before the statement runs; undefined for a statement without rows. */
  columns?: Column[];
  /** Whether it is allowed when the release of `cockroach_restart` has committed the transaction already. */
  afterCommit?: boolean;
  /** Throws StatementError. */
  execute: () => Promise<StatementResult> | StatementResult;
}

/** What the client gets of a statement that the stand-in carried out. Values are text, as on the wire. */
export interface StatementResult {
  tag: string;
  columns?: Column[];
  rows?: (string | null)[][];
  notices?: ErrorFields[];
}

/** Forwards a statement after these edits to its text. */
export function forward(edits: TextEdits, reporting: Reporting = {}): Forward {
  return {
    kind: 'forward',
    sql: edits.apply(),
    original: (position) => edits.original(position),
    ...reporting,
  };
}

/** Carries out a statement without rows here, and answers with that command tag. */
export function local(tag: string, run: () => Promise<void> | void, notices?: ErrorFields[]): Local {
  return {
    kind: 'local',
    execute: async () => {
      await run();
      return { tag, notices };
    },
  };
}

/** Answers a statement here with one row. The command tag is `tag` and the number of rows. */
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
