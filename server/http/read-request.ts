import type { Context } from 'hono';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import {
  BODY_NOT_JSON,
  EVENT_ID_INVALID,
  fieldSentence,
  REQUEST_BROKE_OFF,
  unknownKeySentence,
} from '../sentences/request-sentences.ts';

/**
 * Returns the request's query parameters in that shape; of repeated ones, the first counts. Throws AppError
 * `bad-request` with the first problem.
 */
export function readQuery<T>(context: Context, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(context.req.query());
  if (parsed.success) return parsed.data;
  throw new AppError('bad-request', sentenceOf(parsed.error.issues[0]!, 'The query'));
}

/** Returns the request's JSON body in that shape. Throws AppError `bad-request` with the first problem. */
export async function readBody<T>(context: Context, shape: z.ZodType<T>): Promise<T> {
  const raw = await context.req.raw.text().catch((cause: unknown) => {
    throw new AppError('bad-request', REQUEST_BROKE_OFF, { cause });
  });
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new AppError('bad-request', BODY_NOT_JSON, { cause });
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-request', sentenceOf(parsed.error.issues[0]!));
}

/** Returns a sentence about the issue. */
function sentenceOf(issue: z.core.$ZodIssue, whole = 'The body'): string {
  const place = issue.path.join('.') || whole;
  if (issue.code !== 'unrecognized_keys') return fieldSentence(place, issue.message);
  const [key = '', ...others] = issue.keys;
  return unknownKeySentence(place, key, others.length);
}

/**
 * Returns the number of the last event that the client has received, from `Last-Event-ID`; 0 when there is none. Throws
 * AppError `bad-request`.
 */
export function lastEventId(context: Context): number {
  const header = context.req.header('last-event-id');
  if (header === undefined || header === '') return 0;
  if (!/^\d{1,9}$/.test(header)) throw new AppError('bad-request', EVENT_ID_INVALID);
  return Number(header);
}
