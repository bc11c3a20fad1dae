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

/** The limits whose refusals are counted. */
export type LimitName =
  | 'slots'
  | 'sandboxes-of-reader'
  | 'sandboxes-of-address'
  | 'sandboxes-of-site'
  | 'new-of-address'
  | 'requests'
  | 'followers'
  | 'table-reads'
  | 'bodies'
  | 'terminals'
  | 'files';

/**
 * A failure with a code for programs and a sentence for readers. The sentence must not reveal anything about this
 * machine. The cause and `forOperator`, a sentence for the operator that says what to do, go to the log only. `limit`
 * names the limit that was met, if that is the reason.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly forOperator: string;
  readonly limit: LimitName | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    { forOperator = message, limit, ...options }: ErrorOptions & { forOperator?: string; limit?: LimitName } = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.forOperator = forOperator;
    this.limit = limit;
  }
}
