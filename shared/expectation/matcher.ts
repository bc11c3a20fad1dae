import { asPlainText, CAPTURES, partsOf, type CaptureKinds } from './captures.ts';

/**
 * Matches printed text with expected text. Returns the values of new labels, or undefined when the text does not fit.
 */
export type Matcher = (actual: string) => Map<string, string> | undefined;

/**
 * Returns a matcher for expected text with captures. `known` has the values of labels so far, which must recur with the
 * same value. Braces around a word that is not in `kinds` are plain text.
 */
export function matcherOf(expected: string, known: ReadonlyMap<string, string>, kinds: CaptureKinds): Matcher {
  const labels: string[] = [];
  const pattern = partsOf(expected, kinds).map((part) => {
    if (typeof part === 'string') return escape(part);
    const { kind, label } = part;
    const capture = kinds[kind]!;
    if (label === undefined) return `(?:${capture.pattern})`;
    const value = known.get(label);
    if (value !== undefined) return escape(value);
    if (labels.includes(label)) return `\\${labels.indexOf(label) + 1}`;
    labels.push(label);
    return `(${capture.pattern})`;
  });
  const whole = new RegExp(`^${pattern.join('')}$`);
  return (actual) => {
    const match = whole.exec(actual);
    return match ? new Map(labels.map((label, index) => [label, match[index + 1] ?? ''])) : undefined;
  };
}

/** Like `matcherOf`, for a line that a page expects. */
export function lineMatcher(expected: string, known: ReadonlyMap<string, string>): Matcher {
  return matcherOf(expected, known, CAPTURES);
}

/**
 * Returns a line of expected output in which known labels are replaced by their values. It is still expected output:
 * words in braces that are plain text stay behind a backslash.
 */
export function withValues(expected: string, known: ReadonlyMap<string, string>): string {
  return partsOf(expected)
    .map((part) => {
      if (typeof part === 'string') return asPlainText(part);
      const value = part.label === undefined ? undefined : known.get(part.label);
      return value === undefined ? part.source : asPlainText(value);
    })
    .join('');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
