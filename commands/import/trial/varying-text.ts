import { CAPTURES } from '../../../shared/expectation/captures.ts';
import { compareOutput } from '../../../shared/expectation/compare.ts';
import { linesOf } from '../../../shared/expectation/lines.ts';
import { expectedFor } from '../../../shared/expectation/mistyped.ts';
import { withFreeTimeColumns } from './time-columns.ts';

/** What stands for a part that varies, from the surest on. */
const SURE = ['uuid', 'timestamp', 'float'];

/**
 * Returns expected output that all of these printed texts fit: captures stand for what varies. Undefined when they do
 * not have the same lines.
 */
export function commonText(samples: readonly string[]): string | undefined {
  const all = samples.map((sample) => linesOf(sample));
  const [first = []] = all;
  if (all.some((lines) => lines.length !== first.length)) return undefined;
  const common = first.map((_, index) => commonLine(all.map((lines) => lines[index] ?? ''))).join('\n');
  const text = withFreeTimeColumns(common);
  const fits = samples.every((sample) => compareOutput({ text, unordered: false }, sample, new Map()).fits);
  return fits ? text : undefined;
}

function commonLine(lines: readonly string[]): string {
  const [first = ''] = lines;
  const literal = lines.map(expectedFor);
  for (let count = 0; count <= SURE.length; count += 1) {
    const general = literal.map((line) => withCaptures(line, SURE.slice(0, count)));
    if (general.every((line) => line === general[0])) return general[0]!;
  }
  // Where the width of a table's column varies, the rest of the line does.
  const start = [...first].findIndex((_, index) => lines.some((line) => line[index] !== first[index]));
  return `${expectedFor(first.slice(0, start < 0 ? first.length : start))}{any}`;
}

function withCaptures(line: string, kinds: readonly string[]): string {
  const pattern = (kind: string): RegExp => new RegExp(`(?<![\\w.{-])(?:${CAPTURES[kind]!.pattern})(?![\\w.}-])`, 'g');
  return kinds.reduce((text, kind) => text.replace(pattern(kind), `{${kind}}`), line);
}
