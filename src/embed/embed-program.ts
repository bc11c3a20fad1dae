import type { Mode, Step, StepBody } from '../../shared/protocol.ts';
import { identityOf, type Expectation } from '../../shared/step.ts';
import { mistypedIn, remedyFor } from '../../shared/expectation/mistyped.ts';
import { MODES } from '../../shared/modes.ts';
import { hashOf } from './hash.ts';

/** One child of an element: a step, or the expected output of the last step. */
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

/** The steps of an element, with everything needed to run them. */
export interface Program {
  mode: Mode;
  caption: string;
  /** Python modules that the sandbox preloads, so that runs start faster. */
  imports: string[];
  /**
   * The steps in order. The last one is shown; those before it run first. Steps that do the same have the same id, also
   * in other elements.
   */
  steps: Step[];
  expected: Expectation | undefined;
}

/** An author's mistake, as a sentence that says what to write. */
export class AuthorError extends Error {}

const KINDS = ['file', 'shell', 'sql', 'expected'];

/** Reads an element's program. Throws AuthorError. */
export function programOf({ mode, caption, imports, parts }: Authored): Program {
  const chosen = MODES.find((each) => each === (mode ?? MODES[0]));
  if (!chosen) throw new AuthorError(`mode="${mode}" is not a mode: write mode="secure" or mode="insecure".`);
  for (const { kind } of parts) {
    if (kind === undefined)
      throw new AuthorError(`A child element has no data-kind: write one of ${KINDS.join(', ')}.`);
    if (!KINDS.includes(kind))
      throw new AuthorError(`data-kind="${kind}" is not a kind: write one of ${KINDS.join(', ')}.`);
  }
  const at = parts.findIndex(({ kind }) => kind === 'expected');
  if (at >= 0 && at < parts.length - 1)
    throw new AuthorError('The expected output must come last, and only once: it belongs to the step before it.');
  const written = at < 0 ? parts : parts.slice(0, at);
  const steps = withIds(written.map(bodyOf));
  const last = steps.at(-1);
  if (!last)
    throw new AuthorError('It has no step: add a <pre data-kind="sql"> or <pre data-kind="shell"> with the code.');
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

/** Returns the name of a step that has no caption. */
export function nameOf(step: Step): string {
  if (step.kind === 'file') return step.path;
  return step.kind === 'shell'
    ? 'Shell'
    : `SQL as ${step.user}${step.database === undefined ? '' : ` in ${step.database}`}`;
}

/**
 * Returns the steps to send to a sandbox in which some are already done. Files are always sent, because another element
 * may have written others under their names, and so is the last step.
 */
export function planOf({ steps }: Program, done: readonly string[]): Step[] {
  return steps.filter((step, at) => step.kind === 'file' || at === steps.length - 1 || !done.includes(step.id));
}

function bodyOf({ kind, path, user, database, text }: Part): StepBody {
  const code = withoutIndentation(text);
  if (code === '') throw new AuthorError(`A step with data-kind="${kind}" is empty.`);
  if (kind === 'file' && !path) throw new AuthorError('A file has no name: write data-path="…" on it.');
  if (kind === 'file') return { kind, path: path!, text: `${code}\n` };
  return kind === 'shell'
    ? { kind, command: code }
    : { kind: 'sql', statements: code, user: user || 'root', ...(database ? { database } : {}) };
}

/**
 * Assigns ids to steps. Two steps have the same id if they have the same text, follow files with the same text, and
 * are the same repetition within their element.
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
  const [mistyped] = mistypedIn(expected);
  if (mistyped)
    throw new AuthorError(`In the expected output, found \`${mistyped.source}\`; expected ${remedyFor(mistyped)}.`);
  return { text: expected, unordered };
}

/** Returns code without surrounding empty lines and without the indentation that all its lines share. */
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
