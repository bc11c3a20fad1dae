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
  | 'new-sandboxes'
  | 'runs-a-minute'
  | 'requests-a-minute'
  | 'requests'
  | 'followers'
  | 'table-reads'
  | 'bodies'
  | 'terminals'
  | 'files'
  | 'connections';

/** What a client is told that may try again later. */
export interface Waiting {
  /** After how many seconds; default: as usual for the code. */
  retryAfterSeconds?: number;
  /** The reader's place in the queue: 1 is the next. */
  place?: number;
  /** The estimated time until it is their turn, milliseconds. Undefined when nothing is known about it. */
  waitMs?: number | undefined;
}

/** What else an AppError says. */
interface Details extends ErrorOptions, Waiting {
  /** A sentence for the operator that says what to do. It goes to the log only, as the cause does. */
  forOperator?: string;
  /** The limit that was met, if that is the reason. */
  limit?: LimitName;
}

/**
 * A failure with a code for programs and a sentence for readers. The sentence must not reveal anything about this
 * machine.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly forOperator: string;
  readonly limit: LimitName | undefined;
  readonly waiting: Waiting;

  constructor(
    code: ErrorCode,
    message: string,
    { forOperator = message, limit, retryAfterSeconds, place, waitMs, ...options }: Details = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.forOperator = forOperator;
    this.limit = limit;
    this.waiting = {
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(place === undefined ? {} : { place }),
      ...(waitMs === undefined ? {} : { waitMs }),
    };
  }
}
