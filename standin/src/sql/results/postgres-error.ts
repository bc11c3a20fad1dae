import type { ErrorFields } from '../../protocol/statement-error.ts';

/** An error as PostgreSQL sent it. */
export interface PostgresError extends ErrorFields {
  /** Where the error is in the statement's text, from 1, in UTF-16 code units. */
  position?: number;
  table?: string;
  column?: string;
}

/** Rewords an error for the client; returns undefined when CockroachDB uses the same words as PostgreSQL. */
export type ErrorTranslation = (error: PostgresError) => ErrorFields | undefined;
