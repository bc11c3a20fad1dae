import type { Context } from 'hono';
import { z } from 'zod';
import { isModule, PRELOADING } from '../../languages/preloading.ts';
import { AppError } from '../errors.ts';
import type { Step, TableQuery, TerminalOpening } from '../../shared/protocol.ts';

/** A step's text: what a person writes, not what a machine sends. */
const MAX_TEXT_BYTES = 64 * 1024;
const MAX_STEPS = 64;
const MAX_IMPORTS = 16;
const MAX_SQL_NAME_CHARACTERS = 1000;
/** Rows of a table that are read at once. */
const MAX_PAGE_ROWS = 100;
/** How much of what a client sent is told back to it, in characters. */
const MAX_QUOTED = 60;

const text = z
  .string()
  .refine((value) => Buffer.byteLength(value) <= MAX_TEXT_BYTES, `must be at most ${MAX_TEXT_BYTES / 1024} KiB`)
  .refine((value) => !value.includes('\0'), 'must not hold a NUL character')
  .refine((value) => value.isWellFormed(), 'must be text: it holds half of a character');
const id = z.string().min(1).max(120);
const name = z
  .string()
  .min(1)
  .max(63)
  .regex(/^\w[\w-]*$/, 'must be letters, digits, _ or -, and not begin with -');
const path = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'must be a relative path of plain names')
  .refine(
    (value) => !value.split('/').includes('..') && !value.split('/').includes('.'),
    'must not leave the home directory',
  );

const session = z.string().min(1).max(200);

const step: z.ZodType<Step> = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('file'), path, text }),
  z.strictObject({
    id,
    kind: z.literal('shell'),
    command: text,
    background: z.boolean().optional(),
    session: session.optional(),
  }),
  z.strictObject({
    id,
    kind: z.literal('sql'),
    statements: text,
    user: name,
    database: name.optional(),
    session: session.optional(),
  }),
]);

/** Body of `POST /api/sandboxes`. */
export const claimBody = z.strictObject({
  mode: z.enum(['secure', 'insecure']),
  imports: z
    .array(
      z
        .string()
        .max(100)
        .refine(isModule, `must be the name of a ${PRELOADING.join(' or ')} module`),
    )
    .max(MAX_IMPORTS)
    .default([]),
});

/** Body of `POST /api/sandboxes/:id/runs`. */
export const runBody = z.strictObject({ steps: z.array(step).min(1).max(MAX_STEPS) });

const cells = z.number().int().min(1).max(65_535);

/** How a page opens a terminal. */
const openingShape = z.strictObject({
  columns: cells,
  rows: cells,
  command: text.optional(),
  from: z.strictObject({ key: z.string().max(64), bytes: z.number().int().min(0) }).optional(),
});

/** The opening of a terminal that a page sent as JSON; undefined when it is none. */
export function terminalOpening(bytes: Buffer): TerminalOpening | undefined {
  try {
    return openingShape.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** A name in the database, whatever a reader called it. */
const sqlName = z
  .string()
  .max(MAX_SQL_NAME_CHARACTERS)
  .refine((value) => !value.includes('\0'), 'must not hold a NUL character')
  .refine((value) => value.isWellFormed(), 'must be text: it holds half of a character');
const whole = (most: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= most, `must be at most ${most}`);

/** Query of `GET /api/sandboxes/:id/table`. */
export const tableQuery: z.ZodType<TableQuery> = z.strictObject({
  database: sqlName.min(1),
  schema: sqlName.min(1).default('public'),
  name: sqlName.min(1),
  sort: sqlName.optional(),
  descending: z
    .literal('true')
    .transform(() => true)
    .optional(),
  limit: whole(MAX_PAGE_ROWS).default(MAX_PAGE_ROWS),
  offset: whole(999_999_999).default(0),
});

/**
 * The request's query in that shape; of a word that comes twice the first counts. Throws AppError `bad-request` with
 * the first thing that is wrong.
 */
export function readQuery<T>(context: Context, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(context.req.query());
  if (parsed.success) return parsed.data;
  throw new AppError('bad-request', sentenceOf(parsed.error.issues[0]!, 'The query'));
}

/** The request's JSON body in that shape. Throws AppError `bad-request` with the first thing that is wrong. */
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

/** What is wrong. Names of places are ours; a key is the client's, who may have sent a megabyte of them. */
function sentenceOf(issue: z.core.$ZodIssue, whole = 'The body'): string {
  const place = issue.path.join('.') || whole;
  if (issue.code !== 'unrecognized_keys') return `${place}: ${issue.message}.`;
  const [key = '', ...others] = issue.keys;
  const isCut = key.length > MAX_QUOTED;
  const quoted = `${JSON.stringify(key.slice(0, MAX_QUOTED).toWellFormed())}${isCut ? `, cut after ${MAX_QUOTED} of ${key.length} characters,` : ''}`;
  return `${place}: unknown is the key ${quoted}${others.length > 0 ? ` and ${others.length} more` : ''}.`;
}

/**
 * Number of the last event that the client has, from `Last-Event-ID`; 0 when it has none. Throws AppError
 * `bad-request`.
 */
export function lastEventId(context: Context): number {
  const header = context.req.header('last-event-id');
  if (header === undefined || header === '') return 0;
  if (!/^\d{1,9}$/.test(header)) throw new AppError('bad-request', 'Last-Event-ID must be the number of an event.');
  return Number(header);
}
