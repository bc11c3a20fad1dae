import { MAX_STEP_TEXT_BYTES } from '../../shared/limits.ts';
import type { StepBody } from '../../shared/protocol.ts';
import type { Expectation, Failure, SourcePlace, StepView } from '../../shared/step.ts';
import { formOf } from './fence-form.ts';
import { FENCE_LANGUAGES, languageNamed } from './fence-languages.ts';
import { parseMeta, type Meta } from './fence-meta.ts';
import { failureOf, limitMsOf } from './fence-values.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { PROMPTS, stripPrompts, type Prompted } from './fence-prompts.ts';

/** What a fence is: code that is only shown, a step, or what belongs to the step above it. */
export type Fence =
  | { is: 'code'; language: string; shown: Prompted; prompt: string; title: string | undefined }
  | FencedStep
  | { is: 'file'; language: string; path: string; text: string }
  | { is: 'output'; expected: Expectation }
  | { is: 'input'; text: string };

/** A fence that runs. Its session is named as on the fence, without the page. */
export interface FencedStep {
  is: 'step';
  body: Exclude<StepBody, { kind: 'file' }>;
  shown: Prompted;
  session: string | undefined;
  fails: Failure | undefined;
  view: StepView | undefined;
}

/** Reads a fence: its language, meta and code. Returns undefined after reporting the mistakes when there are any. */
export function readFence(
  word: string,
  metaSource: string,
  source: string,
  place: SourcePlace,
  report: (mistake: Mistake) => void,
): Fence | undefined {
  const language = languageNamed(word)?.name;
  if (language === undefined) {
    report(unknownLanguage(word, place));
    return undefined;
  }
  const { faults, ...meta } = parseMeta(metaSource);
  const { form, mistakes } = formOf(language, meta, place);
  const unread = faults.map((fault) => ({
    ...place,
    found: `\`${fault}\` in a fence's meta`,
    expected: 'words and name=value pairs, each once',
  }));
  if (unread.length + mistakes.length > 0) {
    [...unread, ...mistakes].forEach(report);
    return undefined;
  }
  const code = source.replaceAll('\r\n', '\n');
  const text = code.replace(/\n+$/, '');
  switch (form.is) {
    case 'output':
      return { is: 'output', expected: { text, unordered: meta.words.includes('unordered') } };
    case 'input':
      return orReport(
        emptyInput(code, place) ?? { is: 'input', text: code.endsWith('\n') ? code : `${code}\n` },
        report,
      );
    case 'file':
      return orReport(
        tooLong(code, place) ?? { is: 'file', language, path: meta.options.get('file')!, text: `${text}\n` },
        report,
      );
    case 'code':
      return codeOf(language, text, meta.options.get('title'));
    default:
      return orReport(stepOf(form.is, code, meta, place), report);
  }
}

function unknownLanguage(word: string, place: SourcePlace): Mistake {
  if (word === '') return { ...place, found: 'a fence without a language', expected: 'one, such as `shell` or `text`' };
  const names = FENCE_LANGUAGES.map(({ name }) => name);
  return unknownWord(place, 'the language', word, names);
}

/** Returns the fence, or undefined after reporting the mistake. */
function orReport(read: Fence | Mistake, report: (mistake: Mistake) => void): Fence | undefined {
  if ('is' in read) return read;
  report(read);
  return undefined;
}

function codeOf(language: string, text: string, title: string | undefined): Fence {
  const kind = language === 'shell' || language === 'sql' ? language : undefined;
  const { strayLines, ...stripped } = kind ? stripPrompts(text, kind) : { marks: [], text };
  const lines = stripped.text.split('\n');
  // A statement without a prompt among others is copied with them.
  const isOutput = !(kind === 'sql' && strayLines?.some((line) => lines[line]!.trimEnd().endsWith(';')));
  const shown = { ...stripped, ...(strayLines && isOutput ? { strayLines } : {}) };
  return { is: 'code', language, shown, prompt: kind ? PROMPTS[kind] : '', title };
}

function stepOf(kind: 'shell' | 'sql', code: string, meta: Meta, place: SourcePlace): FencedStep | Mistake {
  const shown = stripPrompts(code, kind);
  const fails = failureOf(kind, meta);
  return (
    cannotRun(kind, shown, place) ?? {
      is: 'step',
      body: { ...bodyOf(kind, shown.text, meta), ...limitsOf(meta), ...(fails ? { fails: true } : {}) },
      shown,
      session: meta.options.get('session'),
      fails,
      view: meta.options.get('view') as StepView | undefined,
    }
  );
}

function bodyOf(kind: 'shell' | 'sql', text: string, { words, options }: Meta): FencedStep['body'] {
  if (kind === 'shell') return { kind, command: text, ...(words.includes('background') ? { background: true } : {}) };
  const database = options.get('database');
  return {
    kind,
    statements: text,
    user: options.get('user')!,
    ...(database === undefined ? {} : { database }),
    ...(words.includes('waits') ? { waits: true } : {}),
  };
}

function limitsOf({ options }: Meta): { limitMs?: number } {
  const limit = options.get('limit');
  return limit === undefined ? {} : { limitMs: limitMsOf(limit) };
}

function emptyInput(code: string, place: SourcePlace): Mistake | undefined {
  if (code !== '') return tooLong(code, place);
  return { ...place, found: 'an empty `text input`', expected: 'the lines that the program reads' };
}

function tooLong(text: string, place: SourcePlace): Mistake | undefined {
  const bytes = Buffer.byteLength(text);
  return bytes > MAX_STEP_TEXT_BYTES
    ? { ...place, found: `a step of ${bytes} bytes`, expected: `at most ${MAX_STEP_TEXT_BYTES}` }
    : undefined;
}

/** Returns why a step could never run as it is written; undefined when it can run. */
function cannotRun(kind: 'shell' | 'sql', shown: Prompted, place: SourcePlace): Mistake | undefined {
  const last = shown.text.trimEnd();
  if (last === '') return { ...place, found: 'an empty step', expected: 'a command' };
  if (shown.strayLines !== undefined) {
    const at = { file: place.file, line: place.line + 1 + shown.strayLines[0]! };
    return {
      ...at,
      found: 'a line without a prompt after a complete command',
      expected: `\`${PROMPTS[kind]} \` before it, or a \`text output\` fence if it is output`,
    };
  }
  if (kind === 'shell' && last.endsWith('\\'))
    return { ...place, found: 'a last line that ends in a backslash', expected: 'the line that it continues with' };
  if (kind === 'sql' && /^\s*\\/m.test(shown.text))
    return {
      ...place,
      found: 'a backslash command of the SQL shell (`\\…`) in a step',
      expected: 'SQL statements; remove `run` to only show the command',
    };
  if (kind === 'sql' && !last.endsWith(';'))
    return { ...place, found: 'a statement without an end', expected: '`;` after the last statement' };
  return tooLong(shown.text, place);
}
