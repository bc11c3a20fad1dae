import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const missing = z.object({ missing: z.string() });

/** Accepts `found`, or `{missing}` with a sentence that says why there is none. `expected` is for the error message. */
const orMissing = <T extends z.ZodType>(found: T, expected: string): z.ZodUnion<[typeof missing, T]> =>
  z.union([missing, found], { error: `must be ${expected}, or {"missing": "why"}` });

const schema = z.object({
  /** The Python that the agent runs on. `parts` are its files and folders outside of the system's folders. */
  python: z.object({ executable: z.string(), parts: z.array(z.string()).optional(), version: z.string() }).optional(),
  /** The languages that readers' programs can use, by the names of the folders in `languages/`. */
  languages: z
    .record(
      z.string(),
      orMissing(
        z.object({ executable: z.string(), version: z.string(), packages: z.array(z.string()) }),
        'an executable with its version and packages',
      ),
    )
    .optional(),
  runtime: orMissing(
    z.object({ name: z.enum(['runc', 'runsc']), path: z.string() }),
    'runc or runsc with its path',
  ).optional(),
  /** `why` is a sentence that says why this engine was chosen, or why none can be used. */
  engine: z
    .object({
      kind: z.enum(['cockroach', 'stand-in']),
      path: z.string().optional(),
      version: z.string().optional(),
      why: z.string().optional(),
    })
    .optional(),
  standin: z
    .object({
      directory: z.string(),
      template: z.string(),
      version: z.string(),
      postgres: z.string(),
      node: z.string(),
    })
    .optional(),
  chromium: orMissing(z.object({ path: z.string() }), 'a browser with its path').optional(),
  /** The folder of the built site. */
  site: z.union([z.string(), missing], { error: 'must be a folder, or {"missing": "why"}' }).optional(),
  /** Why nothing can run: a sentence for the operator. */
  missing: z.string().optional(),
});

/**
 * What set-up found and built on this machine, as `server/setup/setup-steps.mjs` writes it to `.bankrun/setup.json`. A
 * part that is missing has a sentence in its place that says why.
 */
export type Setup = z.infer<typeof schema>;

/** `.bankrun/setup.json` cannot be used. The message is one sentence that says why, and what to type. */
export class SetupFileError extends Error {}

/** Reads `.bankrun/setup.json` and checks it. Throws SetupFileError. */
export function readSetup(stateDir: string): Setup {
  const file = join(stateDir, 'setup.json');
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new SetupFileError('Set-up has not run yet: start with `npm start`, which runs it.', { cause });
    throw unusable(file, `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  const parsed = schema.safeParse(found);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const value = JSON.stringify(valueAt(found, issue?.path ?? []));
  throw unusable(file, `is wrong: ${field || 'the whole'} ${expectationOf(issue)}, not ${value}`, parsed.error);
}

function unusable(file: string, problem: string, cause: unknown): SetupFileError {
  return new SetupFileError(`${file} ${problem}. Type \`npm run setup\`, which writes a new one.`, { cause });
}

/** Returns what zod expected, as the predicate of a sentence whose subject is the field. */
function expectationOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    default:
      return issue?.message ?? 'must be something else';
  }
}

function valueAt(found: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    found,
  );
}
