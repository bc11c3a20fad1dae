/** The codes of AppErrors; `http/problems.ts` maps them to HTTP statuses. */
export type ErrorCode =
  | 'bad-request'
  | 'too-large'
  | 'length-required'
  | 'foreign-origin'
  | 'unknown-token'
  | 'not-found'
  | 'gone'
  | 'busy'
  | 'full'
  | 'too-many'
  | 'unavailable'
  | 'file-refused'
  | 'sandbox-lost'
  | 'internal';

/**
 * A failure with a code for programs and a sentence for readers. The sentence must not reveal anything about this
 * machine. The cause and `forOperator`, a sentence for the operator that says what to do, go to the log only.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly forOperator: string;

  constructor(
    code: ErrorCode,
    message: string,
    { forOperator = message, ...options }: ErrorOptions & { forOperator?: string } = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.forOperator = forOperator;
  }
}
