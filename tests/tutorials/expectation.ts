/** What captures may stand for in expected output. `{name:label}` must recur with the same value. */
const CAPTURES: Record<string, string> = {
  int: String.raw`-?\d+`,
  float: String.raw`-?\d+(?:\.\d+)?`,
  uuid: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  timestamp: String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::?\d\d)?|Z)?`,
  word: String.raw`\S+`,
  any: '.*?',
};
const CAPTURE = /\{(\w+)(?::(\w+))?\}/g;
const SKIP = '…';

/** How two outputs differ, for people: the expected lines around the mismatch with `-`, what was found with `+`. */
export function explainMismatch(expected: string, actual: string, { line }: Mismatch): string {
  const around = (text: string): string[] => lines(text).slice(Math.max(0, line - 3), line + 3);
  const [wanted, found] = [around(expected), around(actual)];
  const same = wanted.findIndex((one, index) => found[index] === undefined || !matchLine(one, found[index], new Map()));
  const from = same < 0 ? wanted.length : same;
  return [...wanted.slice(0, from).map((one) => `  ${one}`), ...wanted.slice(from).map((one) => `- ${one}`), ...found.slice(from).map((one) => `+ ${one}`)].join('\n');
}

/** Where output is not what was expected. `line` counts from 1 in the expectation. */
export interface Mismatch {
  line: number;
  expected: string;
  found: string | undefined;
}

/**
 * Compares output with what a tutorial says is expected: line by line, ends of lines trimmed, empty lines around left out,
 * captures for what varies, a line of `…` for any number of lines. Named captures are kept in `captures` across calls.
 * With `unordered` the lines may come in any order, as rows do. Gives the first mismatch, or undefined. Throws an Error for a
 * capture of an unknown kind.
 */
export function compareOutput(expected: string, actual: string, captures: Map<string, string>, unordered = false): Mismatch | undefined {
  const wanted = lines(expected);
  const found = lines(actual);
  if (unordered) return compareUnordered(wanted, found, captures);
  let at = 0;
  for (let index = 0; index < wanted.length; index += 1) {
    const line = wanted[index] ?? '';
    if (line.trim() === SKIP) {
      const next = wanted[index + 1];
      if (next === undefined) return undefined;
      while (at < found.length && !matchLine(next, found[at] ?? '', new Map(captures))) at += 1;
      continue;
    }
    const got = found[at];
    if (got === undefined || !matchLine(line, got, captures)) return { line: index + 1, expected: line, found: got };
    at += 1;
  }
  return at < found.length ? { line: wanted.length + 1, expected: '(the end)', found: found[at] } : undefined;
}

function compareUnordered(wanted: string[], found: string[], captures: Map<string, string>): Mismatch | undefined {
  const left = [...found];
  for (const [index, line] of wanted.entries()) {
    const at = left.findIndex((one) => matchLine(line, one, captures));
    if (at < 0) return { line: index + 1, expected: line, found: left[0] };
    left.splice(at, 1);
  }
  return left.length > 0 ? { line: wanted.length + 1, expected: '(the end)', found: left[0] } : undefined;
}

function matchLine(expected: string, actual: string, captures: Map<string, string>): boolean {
  const labels: string[] = [];
  let pattern = '';
  let last = 0;
  for (const match of expected.matchAll(CAPTURE)) {
    const [whole, kind = '', label] = match;
    const source = CAPTURES[kind];
    if (source === undefined) throw new Error(`there is no capture ${whole}: known are ${Object.keys(CAPTURES).join(', ')}`);
    pattern += escape(expected.slice(last, match.index));
    const known = label === undefined ? undefined : captures.get(label);
    if (known !== undefined) pattern += escape(known);
    else if (label !== undefined && labels.includes(label)) pattern += `\\${labels.indexOf(label) + 1}`;
    else if (label !== undefined) {
      labels.push(label);
      pattern += `(${source})`;
    } else pattern += `(?:${source})`;
    last = match.index + whole.length;
  }
  const match = new RegExp(`^${pattern}${escape(expected.slice(last))}$`).exec(actual);
  if (match) labels.forEach((label, index) => captures.set(label, match[index + 1] ?? ''));
  return match !== null;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function lines(text: string): string[] {
  const all = text.split('\n').map((line) => line.trimEnd());
  while (all.length > 0 && all[0] === '') all.shift();
  while (all.length > 0 && all.at(-1) === '') all.pop();
  return all;
}
