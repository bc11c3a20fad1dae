import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError, type ErrorCode } from '../errors.ts';
import { log } from '../log.ts';
import { reportFailure, type Report } from '../report.ts';
import { requestIdOf } from './request-id.ts';
import type { Problem } from '../../shared/protocol.ts';
import { FAILED_ON_OUR_SIDE, REQUEST_INVALID, bodyTooLargeSentence } from '../sentences/request-sentences.ts';

/** The HTTP status for each code. */
const STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  'bad-request': 400,
  'unknown-token': 401,
  'foreign-origin': 403,
  'not-found': 404,
  busy: 409,
  gone: 410,
  'length-required': 411,
  'too-large': 413,
  'file-refused': 422,
  internal: 500,
  'sandbox-lost': 410,
  'too-many': 429,
  full: 503,
  unavailable: 503,
};

const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = { full: 10, 'too-many': 5, unavailable: 5 };
/** The longest sentence that is sent; some quote what a client has sent. */
const MAX_MESSAGE_CHARACTERS = 1000;

/** An error response, independent of who sends it. */
export interface ProblemAnswer {
  problem: Problem;
  status: ContentfulStatusCode;
  headers: Record<string, string>;
}

/** Returns a function for Hono's `onError`, which turns anything that a route throws into a response. */
export function problemHandler(report: Report = log): (thrown: Error, context: Context) => Response {
  return (thrown, context) => {
    const { problem, status, headers } = problemOf(thrown, report, requestIdOf(context));
    return context.json<Problem>(problem, status, headers);
  };
}

/**
 * Returns the response for a thrown value. Failures on our side get an id, and their cause is reported under it; so is
 * a limit that was met. `request` is the request's id, if it has one.
 */
export function problemOf(thrown: unknown, report: Report, request?: string): ProblemAnswer {
  const error = asAppError(thrown);
  // `unavailable` without a cause means that runs are off; the reason was logged when that happened.
  const isFailure = error.code === 'internal' || (error.code === 'unavailable' && error.cause !== undefined);
  const of = request === undefined ? {} : { request };
  const id = isFailure ? reportFailure(report, thrown, '', request) : undefined;
  report({ type: 'answered-with-problem', ...of, code: error.code });
  if (error.limit) report({ type: 'refused', ...of, limit: error.limit });
  const { retryAfterSeconds = RETRY_AFTER_SECONDS[error.code], place, waitMs } = error.waiting;
  const problem: Problem = {
    error: {
      code: error.code,
      message: cut(error.message),
      ...(id ? { id } : {}),
      ...(place === undefined ? {} : { place }),
      ...(waitMs === undefined ? {} : { waitMs: Math.round(waitMs) }),
    },
  };
  const headers: ProblemAnswer['headers'] =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return { problem, status: STATUS[error.code], headers };
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof HTTPException && thrown.status === 413)
    return new AppError('too-large', bodyTooLargeSentence());
  if (thrown instanceof HTTPException && thrown.status < 500)
    return new AppError('bad-request', thrown.message || REQUEST_INVALID);
  return new AppError('internal', FAILED_ON_OUR_SIDE);
}

function cut(message: string): string {
  return message.length > MAX_MESSAGE_CHARACTERS
    ? `${message.slice(0, MAX_MESSAGE_CHARACTERS)}… (${message.length} characters)`
    : message;
}
