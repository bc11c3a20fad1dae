/** Every failure of ours has one of these codes; `http/problems.ts` maps them to statuses, in one place. */
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
 * A failure with a code for programs and one sentence for readers, who are anybody: it names nothing of this machine.
 * The cause, and the sentence for the operator with what to do about it, go to the log.
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
