import type { Mode, Step, StepBody } from '../../shared/protocol.ts';
import { identityOf, type Expectation } from '../../shared/step.ts';
import { lineMatcher } from '../../shared/expectation/matcher.ts';
import { MODES } from '../../shared/modes.ts';
import { hashOf } from './hash.ts';

/** One child of an element: a step, or what the last step should print. */
export interface Part {
  kind: string | undefined;
  path: string | undefined;
  user: string | undefined;
  database: string | undefined;
  unordered: boolean;
  text: string;
}

/** An element as its author wrote it. */
export interface Authored {
  mode: string | null;
  caption: string | null;
  imports: string | null;
  parts: Part[];
}

/** What an element does. */
export interface Program {
  mode: Mode;
  caption: string;
  /** Python modules that the sandbox loads ahead of a run. */
  imports: string[];
  /**
   * In order. The last is the one that is shown; those before it run first. Their ids are the same wherever they do the
   * same.
   */
  steps: Step[];
  expected: Expectation | undefined;
}

/** A mistake of the author's, as a sentence that says what to write. */
export class AuthorError extends Error {}

const KINDS = ['file', 'shell', 'sql', 'expected'];

/** Reads an element. Throws AuthorError. */
export function programOf({ mode, caption, imports, parts }: Authored): Program {
  const chosen = MODES.find((each) => each === (mode ?? MODES[0]));
  if (!chosen) throw new AuthorError(`mode="${mode}" is none: write mode="secure" or mode="insecure".`);
  for (const { kind } of parts) {
    if (kind === undefined)
      throw new AuthorError(`An element in it has no data-kind: each says what it is, by one of ${KINDS.join(', ')}.`);
    if (!KINDS.includes(kind)) throw new AuthorError(`data-kind="${kind}" is none: write one of ${KINDS.join(', ')}.`);
  }
  const at = parts.findIndex(({ kind }) => kind === 'expected');
  if (at >= 0 && at < parts.length - 1)
    throw new AuthorError('What is expected stands last, and once: it is of the step before it.');
  const written = at < 0 ? parts : parts.slice(0, at);
  const steps = withIds(written.map(bodyOf));
  const last = steps.at(-1);
  if (!last)
    throw new AuthorError(
      'It has no step: put a <pre data-kind="sql"> or <pre data-kind="shell"> with the code into it.',
    );
  if (last.kind === 'file')
    throw new AuthorError(
      `Its last step writes ${last.path} and runs nothing: put the command that uses the file after it.`,
    );
  return {
    mode: chosen,
    caption: caption?.trim() || nameOf(last),
    imports: (imports ?? '').split(/[\s,]+/).filter(Boolean),
    steps,
    expected: at < 0 ? undefined : expectationOf(parts[at]!),
  };
}

/** What a step is called where its author gave it no name. */
export function nameOf(step: Step): string {
  if (step.kind === 'file') return step.path;
  return step.kind === 'shell'
    ? 'Shell'
    : `SQL as ${step.user}${step.database === undefined ? '' : ` in ${step.database}`}`;
}

/**
 * The steps to send to a sandbox that has done some already: files always, for another element may have written others;
 * the last step, always.
 */
export function planOf({ steps }: Program, done: readonly string[]): Step[] {
  return steps.filter((step, at) => step.kind === 'file' || at === steps.length - 1 || !done.includes(step.id));
}

function bodyOf({ kind, path, user, database, text }: Part): StepBody {
  const code = withoutIndentation(text);
  if (code === '') throw new AuthorError(`A step of the kind ${kind} is empty.`);
  if (kind === 'file' && !path) throw new AuthorError('A file has no name: write data-path="…" on it.');
  if (kind === 'file') return { kind, path: path!, text: `${code}\n` };
  return kind === 'shell'
    ? { kind, command: code }
    : { kind: 'sql', statements: code, user: user || 'root', ...(database ? { database } : {}) };
}

/**
 * A step does the same as another if it says the same, after files that say the same, for the same time within its
 * element.
 */
function withIds(steps: StepBody[]): Step[] {
  const seen: string[] = [];
  let files = '';
  return steps.map((step) => {
    const what = identityOf(step);
    const times = seen.filter((each) => each === what).length;
    seen.push(what);
    if (step.kind === 'file') files += what;
    return { id: `embed-${hashOf(`${files} ${what} ${times}`)}`, ...step };
  });
}

function expectationOf({ text, unordered }: Part): Expectation {
  const expected = withoutIndentation(text);
  try {
    for (const line of expected.split('\n')) lineMatcher(line, new Map());
  } catch (cause) {
    throw new AuthorError(`In what is expected ${(cause as Error).message}.`);
  }
  return { text: expected, unordered };
}

/** Code without the empty lines around it, and without what all of its lines begin with as the page is indented. */
function withoutIndentation(text: string): string {
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
