import type { Context } from 'hono';
import type { z } from 'zod';
import { AppError } from '../errors.ts';

/** How much of a client's input is quoted in an error, in characters. */
const MAX_QUOTED = 60;

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
    throw new AppError('bad-request', 'The request broke off.', { cause });
  });
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new AppError('bad-request', 'The body must be JSON.', { cause });
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-request', sentenceOf(parsed.error.issues[0]!));
}

/** Returns a sentence about the issue. Unknown keys are cut, because they come from the client and may be very long. */
function sentenceOf(issue: z.core.$ZodIssue, whole = 'The body'): string {
  const place = issue.path.join('.') || whole;
  if (issue.code !== 'unrecognized_keys') return `${place}: ${issue.message}.`;
  const [key = '', ...others] = issue.keys;
  const isCut = key.length > MAX_QUOTED;
  const quoted = JSON.stringify(key.slice(0, MAX_QUOTED).toWellFormed());
  const cut = isCut ? `, cut after ${MAX_QUOTED} of ${key.length} characters,` : '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `${place}: unknown is the key ${quoted}${cut}${more}.`;
}

/**
 * Returns the number of the last event that the client has received, from `Last-Event-ID`; 0 when there is none. Throws
 * AppError `bad-request`.
 */
export function lastEventId(context: Context): number {
  const header = context.req.header('last-event-id');
  if (header === undefined || header === '') return 0;
  if (!/^\d{1,9}$/.test(header)) throw new AppError('bad-request', 'Last-Event-ID must be the number of an event.');
  return Number(header);
}
