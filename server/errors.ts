/** Every failure of ours has one of these codes; `http/problems.ts` maps them to statuses, in one place. */
export type ErrorCode =
  | 'bad-request'
  | 'too-large'
  | 'foreign-origin'
  | 'not-found'
  | 'gone'
  | 'busy'
  | 'full'
  | 'unavailable'
  | 'file-refused'
  | 'sandbox-lost'
  | 'internal';

/** A failure with a code for programs and one sentence for people. The cause goes to the log, never to a reader. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}
