import { z } from 'zod';
import { isModule, PRELOADING } from '../../languages/preloading.ts';
import {
  MAX_PAGE_ROWS,
  MAX_RUN_STEPS,
  MAX_STEP_LIMIT_MS,
  MAX_STEP_TEXT_BYTES,
  MIN_STEP_LIMIT_MS,
} from '../../shared/limits.ts';
import { MODES } from '../../shared/modes.ts';
import type { ClaimRequest, PageQuery, RunRequest, TableQuery } from '../../shared/protocol.ts';
import type { TerminalOpening } from '../../shared/terminal-protocol.ts';
import { making, taking } from './wire-shape.ts';
import { MUST } from '../sentences/request-sentences.ts';

const MAX_IMPORTS = 16;
const MAX_SQL_NAME_CHARACTERS = 1000;

const text = z
  .string()
  .refine((value) => Buffer.byteLength(value) <= MAX_STEP_TEXT_BYTES, MUST.beOfBytes(MAX_STEP_TEXT_BYTES))
  .refine((value) => !value.includes('\0'), MUST.holdNoNul)
  .refine((value) => value.isWellFormed(), MUST.beWellFormed);
const id = z.string().min(1).max(120);
const name = z
  .string()
  .min(1)
  .max(63)
  .regex(/^\w[\w-]*$/, MUST.beName);
const path = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, MUST.bePath)
  .refine((value) => !value.split('/').includes('..') && !value.split('/').includes('.'), MUST.stayHome);

const session = z.string().min(1).max(200);
/** What steps that run something may ask for. */
const terms = {
  fails: z.literal(true).optional(),
  limitMs: z.number().int().min(MIN_STEP_LIMIT_MS).max(MAX_STEP_LIMIT_MS).optional(),
};

const step = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('file'), path, text }),
  z.strictObject({
    id,
    kind: z.literal('shell'),
    command: text,
    background: z.boolean().optional(),
    session: session.optional(),
    shell: session.optional(),
    input: text.optional(),
    ...terms,
  }),
  z
    .strictObject({
      id,
      kind: z.literal('sql'),
      statements: text,
      user: name,
      database: name.optional(),
      session: session.optional(),
      waits: z.literal(true).optional(),
      ...terms,
    })
    .refine(({ waits, session: named }) => !waits || named !== undefined, { path: ['waits'], error: MUST.haveSession }),
]);

/** The body of `POST /api/sandboxes`. */
export const claimBody = taking<ClaimRequest>()(
  z.strictObject({
    mode: z.enum(MODES),
    imports: z
      .array(z.string().max(100).refine(isModule, MUST.beModule(PRELOADING)))
      .max(MAX_IMPORTS)
      .default([]),
    waits: z.boolean().default(true),
  }),
);

/** The body of `POST /api/sandboxes/:id/runs`. */
export const runBody = taking<RunRequest>()(z.strictObject({ steps: z.array(step).min(1).max(MAX_RUN_STEPS) }));

const cells = z.number().int().min(1).max(65_535);

/** The message with which a page opens a terminal. */
const openingShape = taking<TerminalOpening>()(
  z.strictObject({
    columns: cells,
    rows: cells,
    command: text.optional(),
    from: z.strictObject({ key: z.string().max(64), bytes: z.number().int().min(0) }).optional(),
    use: z.strictObject({ page: id, step: id.optional() }).optional(),
  }),
);

/** Parses the message with which a page opens a terminal from JSON; undefined when it is malformed. */
export function terminalOpening(bytes: Buffer): TerminalOpening | undefined {
  try {
    return openingShape.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** A name in the database; readers may use any characters. */
const sqlName = z
  .string()
  .max(MAX_SQL_NAME_CHARACTERS)
  .refine((value) => !value.includes('\0'), MUST.holdNoNul)
  .refine((value) => value.isWellFormed(), MUST.beWellFormed);
const whole = (most: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,9}$/, MUST.beWhole)
    .transform(Number)
    .refine((value) => value <= most, MUST.beAtMost(most));

/** The query of `POST /api/sandboxes/:id/here` and `…/away`. */
export const pageQuery = making<PageQuery>()(z.strictObject({ page: name }));

/** The query of `GET /api/sandboxes/:id/table`. */
export const tableQuery = making<TableQuery>()(
  z.strictObject({
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
  }),
);
