import { SQLSTATE } from './sqlstate.ts';

/** The fields of an ErrorResponse or NoticeResponse (postgresql.org/docs/18/protocol-error-fields.html). */
export interface ErrorFields {
  /** SQLSTATE: five characters. */
  code: string;
  message: string;
  severity?: string;
  detail?: string;
  hint?: string;
  constraint?: string;
  /** The schema and the name of the table that the error is about. Not sent. */
  table?: string[];
  /** Of a syntax error: where its token begins in the statement. Not sent. */
  tokenStart?: number;
  /**
   * Of a function or an operator that does not exist: the types of its arguments, where `unknown` is a constant without
   * a type. Not sent.
   */
  argumentTypes?: readonly string[];
}

/** Thrown to end a statement with an ErrorResponse of these fields. */
export class StatementError extends Error {
  readonly fields: ErrorFields;

  constructor(code: string, message: string, more: Partial<ErrorFields> = {}) {
    super(message);
    this.name = 'StatementError';
    this.fields = { ...more, code, message };
  }

  /** The error with exactly these fields. */
  static of(fields: ErrorFields): StatementError {
    return new StatementError(fields.code, fields.message, fields);
  }
}

/**
 * Returns the error about a construct that CockroachDB has and the stand-in does not; `construct` is its name as
 * written in SQL.
 */
export function notSupported(construct: string): StatementError {
  return unimplemented(`the stand-in for CockroachDB does not have ${construct}`, {
    hint: 'This is a stand-in over PostgreSQL. On CockroachDB itself the statement may work.',
  });
}

/** Returns the error `unimplemented: …`, which both CockroachDB and the stand-in send for what they do not do. */
export function unimplemented(message: string, more: Partial<ErrorFields> = {}): StatementError {
  return new StatementError(SQLSTATE.featureNotSupported, `unimplemented: ${message}`, more);
}

/** Returns the error about a function that CockroachDB does not have, by its name as written. */
export function unknownFunction(name: string): StatementError {
  return new StatementError(SQLSTATE.undefinedFunction, `unknown function: ${name}()`);
}
