import type { Mode, Step } from '../../shared/protocol.ts';
import { identityOf, sessionOf, type Expectation, type Failure } from '../../shared/step.ts';
import { mistypedIn, remedyFor } from '../../shared/expectation/mistyped.ts';
import { MODES } from '../../shared/modes.ts';
import { sessionNameOf } from '../../shared/session-name.ts';
import { AuthorError, check, stepsOf, withoutIndentation, type Part, type PartStep } from './embed-part.ts';
import { hashOf } from './hash.ts';

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
  /** How those steps must fail that must not succeed, by id. */
  failures: Map<string, Failure>;
  expected: Expectation | undefined;
}

const KINDS = ['file', 'shell', 'sql', 'input', 'expected'];

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
  const read = stepsOf(written);
  const steps = withIds(read);
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
    failures: new Map(steps.flatMap(({ id }, index) => (read[index]!.fails ? [[id, read[index]!.fails]] : []))),
    expected: at < 0 ? undefined : expectationOf(parts[at]!),
  };
}

/** Returns the name of a step that has no caption. */
export function nameOf(step: Step): string {
  if (step.kind === 'file') return step.path;
  const session = sessionNameOf(step);
  const name =
    step.kind === 'shell' ? 'Shell' : `SQL as ${step.user}${step.database === undefined ? '' : ` in ${step.database}`}`;
  return session === undefined ? name : `${name}, session ${session}`;
}

/**
 * Returns the steps to send to a sandbox in which some are already done, and some of these undone with their session.
 * Files are always sent, because another element may have written others under their names, and so is the last step.
 */
export function planOf({ steps }: Program, done: readonly string[], undone: readonly string[] = []): Step[] {
  const isDone = ({ id }: Step): boolean => done.includes(id) && !undone.includes(id);
  return steps.filter((step, at) => step.kind === 'file' || at === steps.length - 1 || !isDone(step));
}

/**
 * Assigns ids to steps. Two steps have the same id if they have the same text and session, follow files with the same
 * text, and are the same repetition within their element.
 */
function withIds(steps: PartStep[]): Step[] {
  const seen: string[] = [];
  let files = '';
  return steps.map(({ body }) => {
    const what = identityOf(body) + (sessionOf(body) ?? '');
    const times = seen.filter((each) => each === what).length;
    seen.push(what);
    if (body.kind === 'file') files += what;
    return { id: `embed-${hashOf(`${files} ${what} ${times}`)}`, ...body };
  });
}

function expectationOf(part: Part): Expectation {
  check(part);
  const { text, unordered } = part;
  const expected = withoutIndentation(text);
  const [mistyped] = mistypedIn(expected);
  if (mistyped)
    throw new AuthorError(`In the expected output, found \`${mistyped.source}\`; expected ${remedyFor(mistyped)}.`);
  return { text: expected, unordered };
}
