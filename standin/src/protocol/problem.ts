/** What an ErrorResponse tells: SQLSTATE, one sentence, and where there is more to say, detail and hint. */
export interface Problem {
  code: string;
  message: string;
  severity?: string;
  detail?: string;
  hint?: string;
  constraint?: string;
}

/** A refusal that ends a statement, as a program gets it. */
export class SqlError extends Error {
  readonly problem: Problem;

  constructor(code: string, message: string, more: Partial<Problem> = {}) {
    super(message);
    this.name = 'SqlError';
    this.problem = { ...more, code, message };
  }
}

/** The honest answer to what CockroachDB has and the stand-in has not. `what` names the construct. */
export function notHere(what: string): SqlError {
  return new SqlError('0A000', `unimplemented: the stand-in for CockroachDB does not have ${what}`, {
    hint: 'This is a stand-in over PostgreSQL. On CockroachDB itself the statement may work.',
  });
}
