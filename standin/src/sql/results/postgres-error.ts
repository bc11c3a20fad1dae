import type { ErrorFields } from '../../protocol/statement-error.ts';

/** An error as PostgreSQL sent it. */
export interface PostgresError extends ErrorFields {
  /** Of what is wrong, in the statement's text; counted from 1, in units of JavaScript's strings. */
  position?: number;
  table?: string;
  column?: string;
}

/** Rewords an error for its client; undefined when PostgreSQL's words are CockroachDB's. */
export type ErrorTranslation = (error: PostgresError) => ErrorFields | undefined;
