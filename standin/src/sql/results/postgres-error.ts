import type { ErrorFields } from '../../protocol/statement-error.ts';

/** An error as PostgreSQL sent it. */
export interface PostgresError extends ErrorFields {
  /** Where the error is in the statement's text, from 1, in UTF-16 code units. */
  position?: number;
  column?: string;
  /** Where in the protocol or in a function it arose, in PostgreSQL's words. */
  where?: string;
  /** The function of PostgreSQL's source that raised it. */
  routine?: string;
}

/**
 * Rewords an error about the statement `source` for the client; returns undefined when CockroachDB uses the same words
 * as PostgreSQL.
 */
export type ErrorTranslation = (error: PostgresError, source: string) => ErrorFields | undefined;
