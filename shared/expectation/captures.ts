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

/** A line of expected output that stands for any number of lines. */
export const SKIP = '…';

/** A placeholder in expected output: `{int}`, or `{int:label}`, which must have the same value wherever it recurs. */
export interface Capture {
  kind: string;
  label: string | undefined;
  /** As the author wrote it, braces included. */
  source: string;
}

/** Splits expected output into plain text and captures, which may be of an unknown kind. */
export function partsOf(text: string): (string | Capture)[] {
  const parts: (string | Capture)[] = [];
  let last = 0;
  for (const { 0: source, 1: kind = '', 2: label, index } of text.matchAll(/\{(\w+)(?::(\w+))?\}/g)) {
    if (index > last) parts.push(text.slice(last, index));
    parts.push({ kind, label, source });
    last = index + source.length;
  }
  return last < text.length ? [...parts, text.slice(last)] : parts;
}

/** Whether expected output contains captures or leaves lines out. */
export function hasCaptures(text: string): boolean {
  return (
    partsOf(text).some((part) => typeof part !== 'string') || text.split('\n').some((line) => line.trim() === SKIP)
  );
}
