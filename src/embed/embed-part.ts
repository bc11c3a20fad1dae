import { MAX_NAMED_SESSIONS } from '../../shared/limits.ts';
import type { StepBody } from '../../shared/protocol.ts';
import { isSessionName } from '../../shared/session-name.ts';
import { isExitCode, isSqlState } from '../../shared/step-end.ts';
import type { Failure } from '../../shared/step.ts';

/** An author's mistake, as a sentence that says what to write. */
export class AuthorError extends Error {}

/** One child of an element: a step, what its program reads, or the expected output of the last step. */
export interface Part {
  kind: string | undefined;
  path: string | undefined;
  user: string | undefined;
  database: string | undefined;
  /** How it must fail: a code, or empty for any failure; undefined when it must succeed. */
  fails: string | undefined;
  session: string | undefined;
  waits: boolean;
  unordered: boolean;
  text: string;
}

/** A step of an element, and how it must fail. */
export interface PartStep {
  body: StepBody;
  fails: Failure | undefined;
}

/** The attributes that not all kinds can have, with the kinds that can. */
const ONLY_OF = {
  fails: ['shell', 'sql'],
  session: ['shell', 'sql'],
  waits: ['sql'],
  unordered: ['expected'],
} as const;
const OPTIONS = Object.keys(ONLY_OF) as (keyof typeof ONLY_OF)[];

/** Reads the steps of an element from its children, without the expected output. Throws AuthorError. */
export function stepsOf(parts: readonly Part[]): PartStep[] {
  const steps: PartStep[] = [];
  for (const part of parts) {
    check(part);
    if (part.kind === 'input') addInput(steps.at(-1)?.body, part);
    else steps.push({ body: bodyOf(part), fails: failureOf(part) });
  }
  for (const kind of ['shell', 'sql']) {
    const names = new Set(parts.filter((part) => part.kind === kind).flatMap(({ session }) => session ?? []));
    if (names.size > MAX_NAMED_SESSIONS)
      throw new AuthorError(
        `It names ${names.size} sessions of data-kind="${kind}": use at most ${MAX_NAMED_SESSIONS}.`,
      );
  }
  return steps;
}

/** Throws AuthorError when a child has an attribute that its kind cannot have, or two that exclude each other. */
export function check(part: Part): void {
  const { kind, session, waits, fails } = part;
  for (const option of OPTIONS) {
    const kinds: readonly string[] = ONLY_OF[option];
    const isThere = part[option] !== undefined && part[option] !== false;
    if (isThere && !kinds.includes(kind ?? ''))
      throw new AuthorError(`data-${option} is for data-kind="${kinds.join('" and "')}": remove it from "${kind}".`);
  }
  if (session !== undefined && !isSessionName(session))
    throw new AuthorError(`data-session="${session}" is not a name: write a letter, then letters, digits, _ and -.`);
  if (!waits) return;
  if (session === undefined)
    throw new AuthorError('A step with data-waits needs data-session="…": that session’s next step prints its answer.');
  if (fails !== undefined)
    throw new AuthorError('A step has data-waits and data-fails: put data-fails on the next step of its session.');
}

function bodyOf({ kind, path, user, database, session, waits, fails, text }: Part): StepBody {
  const code = withoutIndentation(text);
  if (code === '') throw new AuthorError(`A step with data-kind="${kind}" is empty.`);
  if (kind === 'file' && !path) throw new AuthorError('A file has no name: write data-path="…" on it.');
  if (kind === 'file') return { kind, path: path!, text: `${code}\n` };
  const shared = session === undefined ? undefined : `embed:${session}`;
  const terms = fails === undefined ? {} : { fails: true as const };
  if (kind === 'shell') return { kind, command: code, ...(shared && { shell: shared }), ...terms };
  return {
    kind: 'sql',
    statements: code,
    user: user || 'root',
    ...(database ? { database } : {}),
    ...(shared && { session: shared }),
    ...(waits && { waits }),
    ...terms,
  };
}

function failureOf({ kind, fails }: Part): Failure | undefined {
  if (fails === undefined || fails === '') return fails === '' ? {} : undefined;
  if (kind === 'sql' && isSqlState(fails)) return { sqlState: fails };
  if (kind === 'shell' && isExitCode(fails)) return { exitCode: Number(fails) };
  const what = kind === 'sql' ? 'a SQLSTATE such as 23505' : 'an exit code from 1 to 255';
  throw new AuthorError(`data-fails="${fails}" is not a code: write ${what}, or data-fails alone.`);
}

function addInput(body: StepBody | undefined, { text }: Part): void {
  if (body?.kind !== 'shell')
    throw new AuthorError('Input belongs to a shell step: put it right below the one that reads it.');
  if (body.input !== undefined) throw new AuthorError('A shell step has its input twice: write it once.');
  const lines = withoutIndentation(text);
  if (lines === '') throw new AuthorError('An input is empty: write the lines that the program reads.');
  body.input = `${lines}\n`;
}

/** Returns code without surrounding empty lines and without the indentation that all its lines share. */
export function withoutIndentation(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  while (lines[0]?.trim() === '') lines.shift();
  while (lines.at(-1)?.trim() === '') lines.pop();
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0]);
  const common = indents.reduce((shortest, indent) => {
    let length = 0;
    while (length < shortest.length && shortest[length] === indent[length]) length += 1;
    return shortest.slice(0, length);
  }, indents[0] ?? '');
  return lines.map((line) => line.slice(common.length)).join('\n');
}
