import { recordedMatcher } from './recorded-text.ts';
import type { Seen, StatementAnswer, Step } from './statement-recording.ts';

/**
 * `same`: columns (names and types), rows, tag and transaction status, or SQLSTATE and message; `same-data`: the same
 * rows or SQLSTATE, but another type, tag, name or wording; `newer`: an answer where v21.1 had "unimplemented" and
 * newer versions have one; `refused`: an error instead of an answer; `other-code`: both refuse, with different
 * SQLSTATEs; `wrong`: everything else.
 */
export type Verdict = 'same' | 'same-data' | 'newer' | 'refused' | 'other-code' | 'wrong';

/** The values of a session's labelled captures so far. */
export type Names = Map<string, string>;

/** SQLSTATEs that programs branch on: a different one is wrong. */
const BRANCHED_ON = /^(40|23|25|57)/;

/** Whether `actual` is what `expected` allows; a named capture must recur with the same value. */
function fits(expected: string | null, actual: string | null, names: Names): boolean {
  if (expected === actual) return true;
  if (expected === null || actual === null) return false;
  const labels = recordedMatcher(expected, names)(actual);
  for (const [label, value] of labels ?? []) names.set(label, value);
  return labels !== undefined;
}

function rowsFit(
  expected: StatementAnswer['rows'],
  actual: StatementAnswer['rows'],
  ordered: boolean,
  names: Names,
): boolean {
  const rowFits = (row: (string | null)[], other: (string | null)[]): boolean =>
    row.length === other.length && row.every((value, i) => fits(value, other[i]!, names));
  if (expected.length !== actual.length) return false;
  if (ordered) return expected.every((row, i) => rowFits(row, actual[i]!));
  const left = [...actual];
  return expected.every((row) => {
    const at = left.findIndex((other) => rowFits(row, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Compares what a statement led to with what was recorded; `why` lists the differences. */
export function judge(step: Step, seen: Seen, names: Names): { verdict: Verdict; why: string[] } {
  const wanted = step.expect!;
  if (wanted.error && !seen.error)
    return step.newer
      ? { verdict: 'newer', why: [] }
      : { verdict: 'wrong', why: [`CockroachDB refuses: ${wanted.error.code} ${wanted.error.message}`] };
  if (seen.error && !wanted.error) return { verdict: 'refused', why: [`${seen.error.code} ${seen.error.message}`] };
  const why: string[] = [];
  if (wanted.error && seen.error) {
    if (wanted.error.code !== seen.error.code) {
      return {
        verdict: BRANCHED_ON.test(wanted.error.code) ? 'wrong' : 'other-code',
        why: [`${seen.error.code} ${seen.error.message}, for ${wanted.error.code} ${wanted.error.message}`],
      };
    }
    if (!fits(wanted.error.message, seen.error.message, names))
      why.push(`message "${seen.error.message}", for "${wanted.error.message}"`);
  }
  if (wanted.answers.length !== seen.answers.length)
    return { verdict: 'wrong', why: [`${seen.answers.length} answers, for ${wanted.answers.length}`] };
  for (const [i, answer] of wanted.answers.entries()) {
    const wrong = compare(answer, seen.answers[i]!, step.ordered === true, names, why);
    if (wrong !== undefined) return { verdict: 'wrong', why: [wrong] };
  }
  if (wanted.status && wanted.status !== seen.status)
    return { verdict: 'wrong', why: [`transaction status ${seen.status}, for ${wanted.status}`] };
  if (wanted.params && JSON.stringify(wanted.params) !== JSON.stringify(seen.params ?? []))
    why.push(`parameter types ${seen.params?.join()}, for ${wanted.params.join()}`);
  return { verdict: why.length > 0 ? 'same-data' : 'same', why };
}

/** Returns what makes an answer wrong, and adds to `why` what differs only in form. */
function compare(
  wanted: StatementAnswer,
  seen: StatementAnswer,
  ordered: boolean,
  names: Names,
  why: string[],
): string | undefined {
  if (wanted.columns.length !== seen.columns.length)
    return (
      `columns ${seen.columns.map(({ name }) => name).join()}, for ` +
      `${wanted.columns.map(({ name }) => name).join()}`
    );
  if (!wanted.anyRows && !rowsFit(wanted.rows, seen.rows, ordered, names))
    return `rows ${brief(seen.rows)}, for ${brief(wanted.rows)}`;
  if (!fits(wanted.tag, seen.tag, names)) {
    const [a, b] = [wanted.tag, seen.tag].map((tag) => /\d+$/.exec(tag)?.[0]);
    if (a !== undefined && b !== undefined && a !== b) return `tag ${seen.tag}, for ${wanted.tag}`;
    why.push(`tag ${seen.tag}, for ${wanted.tag}`);
  }
  for (const [i, column] of wanted.columns.entries()) {
    const other = seen.columns[i]!;
    if (!fits(column.name, other.name, names)) why.push(`column ${other.name}, for ${column.name}`);
    if (column.oid !== 'any' && column.oid !== other.oid)
      why.push(`type of ${column.name} ${other.oid}, for ${column.oid}`);
  }
  return undefined;
}

function brief(rows: StatementAnswer['rows']): string {
  const text = JSON.stringify(rows);
  return text.length > 200 ? `${text.slice(0, 200)}… (${rows.length})` : text;
}
