/** Kinds of captures by name, each with a regular expression for the text that fits. */
export type CaptureKinds = Readonly<Partial<Record<string, { pattern: string }>>>;

/** The captures of expected output, each with a word for readers. Pages and conformance recordings share them. */
export const CAPTURES: Record<string, { pattern: string; word: string }> = {
  int: { pattern: String.raw`-?\d+`, word: 'number' },
  float: { pattern: String.raw`-?\d+(?:\.\d+)?`, word: 'number' },
  uuid: { pattern: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', word: 'UUID' },
  timestamp: {
    pattern: String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::?\d\d)?| \+0000 UTC|Z)?`,
    word: 'time',
  },
  word: { pattern: String.raw`\S+`, word: 'word' },
  any: { pattern: '.*?', word: '…' },
};

/** What authors are told of a capture. */
interface CaptureNote {
  /** What fits. */
  about: string;
  /** A line with it, and one that fits. */
  example: readonly [expected: string, printed: string];
}

/** The notes on each capture. Apart from `CAPTURES`, because readers do not need them. */
export const CAPTURE_NOTES: Record<string, CaptureNote> = {
  int: {
    about: 'A whole number.',
    example: ['Created {int} accounts.', 'Created 12 accounts.'],
  },
  float: {
    about: 'A number, with or without decimals.',
    example: ['It took {float} ms.', 'It took 3.25 ms.'],
  },
  uuid: {
    about: 'A UUID in lower case.',
    example: ['id: {uuid}', 'id: 63616665-6630-3064-6465-616462656568'],
  },
  timestamp: {
    about: 'A date with a time, as SQL, Python or JSON write it.',
    example: ['at {timestamp}', 'at 2026-11-28 09:30:00.125+00'],
  },
  word: {
    about: 'Characters without blanks.',
    example: ['Hello, {word}', 'Hello, Ada'],
  },
  any: {
    about: 'Whatever is there, within the line; nothing fits, too.',
    example: ['Server: {any}', 'Server: node 1 of 3'],
  },
};

/** A line of expected output that stands for any number of lines. */
export const SKIP = '…';

/** A placeholder in expected output: `{int}`, or `{int:label}`, which must have the same value wherever it recurs. */
export interface Capture {
  kind: string;
  label: string | undefined;
  /** As the author wrote it, braces included. */
  source: string;
}

/** Matches a word in braces, with or without a label, and the backslashes before it. */
export const BRACED = /(\\*)\{(\w+)(?::(\w+))?\}/g;

/**
 * Splits expected output into plain text and captures of these kinds. Other words in braces are plain text, and so are
 * all behind a backslash, which is left out. Two backslashes before a brace stand for one.
 */
export function partsOf(text: string, kinds: CaptureKinds = CAPTURES): (string | Capture)[] {
  const parts: (string | Capture)[] = [];
  let plain = '';
  let last = 0;
  for (const { 0: found, 1: slashes = '', 2: kind = '', 3: label, index } of text.matchAll(BRACED)) {
    const source = found.slice(slashes.length);
    plain += text.slice(last, index) + slashes.slice(0, slashes.length / 2);
    last = index + found.length;
    if (slashes.length % 2 === 1 || !Object.hasOwn(kinds, kind)) plain += source;
    else {
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push({ kind, label, source });
    }
  }
  plain += text.slice(last);
  return plain === '' ? parts : [...parts, plain];
}

/** Whether a word in braces is a capture. */
export const isCapture = (word: string): boolean => Object.hasOwn(CAPTURES, word);

/** Returns plain text as expected output that stands for exactly this text: `needsEscape` says for which words. */
export function asPlainText(text: string, needsEscape = isCapture): string {
  return text.replace(
    BRACED,
    (found, slashes: string, word: string) => slashes + (needsEscape(word) ? '\\' : '') + found,
  );
}

/** Whether expected output contains captures or leaves lines out. */
export function hasCaptures(text: string): boolean {
  return (
    partsOf(text).some((part) => typeof part !== 'string') || text.split('\n').some((line) => line.trim() === SKIP)
  );
}
