import { expectedFor } from '../../../shared/expectation/mistyped.ts';

/** An expected output, and what was changed in it. */
export interface ExpectedText {
  text: string;
  notes: string[];
}

/** Returns what a page shows as output in the form that expected output has here. */
export function expectedText(source: string): ExpectedText {
  const notes: string[] = [];
  const lines = source.replace(/\s+$/, '').split('\n');
  const timeless = lines.filter(
    (line) => !/^(?:Time: |Server Execution Time: |Network Latency: |warning: |# )/.test(line),
  );
  if (timeless.length < lines.length) notes.push('lines with times or remarks were removed from the output');
  const kept = timeless.map((line) => (/^\s*(?:\.{3,}|…)\s*$/.test(line) ? '…' : line));
  const text = kept
    .map(expectedFor)
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
  if (text !== kept.join('\n').replace(/^\n+|\s+$/g, '')) notes.push('braces in the output were escaped');
  return { text, notes };
}

const FAILURE = /^(?:ERROR|pq|error|invalid syntax): (.*)$|^SQLSTATE: (\w+)/m;

/** SQLSTATEs of failures whose words have changed from version to version. */
const STATES: readonly [RegExp, string][] = [
  [/foreign key/i, '23503'],
  [/duplicate key|unique/i, '23505'],
  [/null value|not[- ]null/i, '23502'],
  [/CHECK constraint/i, '23514'],
  [/privilege|permission/i, '42501'],
  [/restart transaction|retry/i, '40001'],
];

/** Whether an output on a page says that the step above it fails. */
export function saysThatItFails(text: string): boolean {
  return FAILURE.test(text);
}

/** Whether an output on a page says that the step above it fails, for the same reason as what is printed says. */
export function saysTheSameFailure(text: string, printed: string): boolean {
  const [, message = ''] = FAILURE.exec(text) ?? [];
  const state = /^SQLSTATE: (\w+)/m.exec(text)?.[1];
  if (state !== undefined) return printed.includes(state);
  const known = STATES.find(([words]) => words.test(message))?.[1];
  if (known !== undefined && printed.includes(`SQLSTATE: ${known}`)) return true;
  const words = message.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const common = words.filter((word) => printed.toLowerCase().includes(word));
  return words.length > 0 && common.length * 2 > words.length;
}
