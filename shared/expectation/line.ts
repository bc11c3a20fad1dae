import { CAPTURES, partsOf } from './captures.ts';

/** Lines of output as they are compared: without space at their ends, and without the empty ones around them all. */
export function linesOf(text: string): string[] {
  const all = text.split('\n').map((line) => line.trimEnd());
  while (all.length > 0 && all[0] === '') all.shift();
  while (all.length > 0 && all.at(-1) === '') all.pop();
  return all;
}

/**
 * Reads a line of expected output. Gives a function that says whether a printed line fits it, with the values of the
 * labels that are new; undefined when it does not. `known` holds the values of labels so far. Throws an Error for a
 * capture of an unknown kind.
 */
export function lineMatcher(
  expected: string,
  known: ReadonlyMap<string, string>,
): (actual: string) => Map<string, string> | undefined {
  const labels: string[] = [];
  const pattern = partsOf(expected).map((part) => {
    if (typeof part === 'string') return escape(part);
    const { kind, label, source } = part;
    const capture = CAPTURES[kind];
    if (capture === undefined)
      throw new Error(`there is no capture ${source}: known are ${Object.keys(CAPTURES).join(', ')}`);
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

/** A line of expected output with the values of its labels, where they are known. */
export function withValues(expected: string, known: ReadonlyMap<string, string>): string {
  return partsOf(expected)
    .map((part) =>
      typeof part === 'string' ? part : ((part.label === undefined ? undefined : known.get(part.label)) ?? part.source),
    )
    .join('');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
