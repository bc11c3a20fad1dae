import { MAX_STEP_TEXT_BYTES } from '../../shared/limits.ts';
import type { StepBody } from '../../shared/protocol.ts';
import type { Expectation, SourcePlace, StepView } from '../../shared/step.ts';
import { FENCES } from './fence-languages.ts';
import { parseMeta, type Meta } from './fence-meta.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { unknownWord, type Mistake } from './mistake.ts';
import { PROMPTS, stripPrompts, type Prompted } from './fence-prompts.ts';

/** The views that each kind of step can have. */
const VIEWS: Record<'sql' | 'shell', StepView[]> = { sql: ['balances'], shell: ['lanes'] };

/** What a fence is: code that is only shown, a step, or the expected output of the step above it. */
export type Fence =
  | { is: 'code'; language: string; shown: Prompted; prompt: string; title: string | undefined }
  | { is: 'step'; body: Exclude<StepBody, { kind: 'file' }>; shown: Prompted; view: StepView | undefined }
  | { is: 'output'; expected: Expectation };

/** The words and options that a fence may have, by language. */
const ALLOWED: Record<string, { words: string[]; options: string[] }> = {
  shell: { words: ['run', 'background'], options: ['view'] },
  sql: { words: ['run'], options: ['user', 'database', 'view'] },
  text: { words: ['output', 'unordered'], options: [] },
};

/** Reads a fence: its language, meta and code. Returns undefined after reporting the mistakes when there are any. */
export function readFence(
  language: string,
  metaSource: string,
  code: string,
  place: SourcePlace,
  report: (mistake: Mistake) => void,
): Fence | undefined {
  if (!FENCES.includes(language)) {
    report(
      language === ''
        ? { ...place, found: 'a fence without a language', expected: 'one, such as `shell` or `text`' }
        : unknownWord(place, 'the language', language, FENCES),
    );
    return undefined;
  }
  const { faults, ...meta } = parseMeta(metaSource);
  const mistakes = [
    ...faults.map((fault) => ({
      ...place,
      found: `\`${fault}\` in a fence's meta`,
      expected: 'words and name=value pairs, each once',
    })),
    ...misplaced(language, meta, place),
  ];
  mistakes.forEach(report);
  if (mistakes.length > 0) return undefined;
  if (meta.words.includes('output'))
    return {
      is: 'output',
      expected: { text: code.replace(/\n+$/, ''), unordered: meta.words.includes('unordered') },
    };

  const kind = language === 'shell' || language === 'sql' ? language : undefined;
  const shown = kind ? stripPrompts(code, kind) : { marks: [], text: code.replace(/\n+$/, '') };
  if (!kind || !meta.words.includes('run'))
    return { is: 'code', language, shown, prompt: kind ? PROMPTS[kind] : '', title: meta.options.get('title') };
  const fault = cannotRun(kind, shown, place);
  if (fault) {
    report(fault);
    return undefined;
  }
  return {
    is: 'step',
    body: bodyOf(kind, shown.text, meta),
    shown,
    view: meta.options.get('view') as StepView | undefined,
  };
}

function bodyOf(kind: 'shell' | 'sql', text: string, { words, options }: Meta): Exclude<StepBody, { kind: 'file' }> {
  if (kind === 'shell') return { kind, command: text, ...(words.includes('background') ? { background: true } : {}) };
  const database = options.get('database');
  return { kind, statements: text, user: options.get('user')!, ...(database === undefined ? {} : { database }) };
}

/** Returns a mistake for each word or option that the fence may not have, and for each that it lacks. */
function misplaced(language: string, meta: Meta, place: SourcePlace): Mistake[] {
  const allowed = ALLOWED[language] ?? { words: [], options: ['title'] };
  const runs = meta.words.includes('run');
  const options = (language === 'sql' || language === 'shell') && !runs ? [] : allowed.options;
  const mistakes = [
    ...meta.words
      .filter((word) => !allowed.words.includes(word))
      .map((word) => unknownWord(place, 'the word', word, allowed.words, `in a \`${language}\` fence`)),
    ...[...meta.options.keys()]
      .filter((name) => !options.includes(name))
      .map((name) => unknownWord(place, 'the option', name, options, `in a \`${language}\` fence`)),
  ];
  if (meta.words.includes('unordered') && !meta.words.includes('output'))
    mistakes.push({ ...place, found: '`unordered` alone', expected: '`output unordered`' });
  if (meta.words.includes('background') && !runs)
    mistakes.push({ ...place, found: '`background` alone', expected: '`run background`' });
  const view = meta.options.get('view');
  const views: readonly string[] = language === 'sql' || language === 'shell' ? VIEWS[language] : [];
  if (view !== undefined && options.includes('view') && !views.includes(view))
    mistakes.push(unknownWord(place, 'the view', view, views));
  const meantUser = [...meta.options.keys()].some((name) => nearest(name, ['user']) !== undefined);
  if (language === 'sql' && runs && !meta.options.get('user') && !meantUser)
    mistakes.push({ ...place, found: '`sql run` without a user', expected: '`user=root` or another user' });
  return mistakes;
}

/** Returns why a step could never run as it is written; undefined when it can run. */
function cannotRun(kind: 'shell' | 'sql', shown: Prompted, place: SourcePlace): Mistake | undefined {
  const last = shown.text.trimEnd();
  if (last === '') return { ...place, found: 'an empty step', expected: 'a command' };
  if (shown.strayLine !== undefined) {
    const at = { file: place.file, line: place.line + 1 + shown.strayLine };
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
  if (Buffer.byteLength(shown.text) > MAX_STEP_TEXT_BYTES)
    return {
      ...place,
      found: `a step of ${Buffer.byteLength(shown.text)} bytes`,
      expected: `at most ${MAX_STEP_TEXT_BYTES}`,
    };
  return undefined;
}
