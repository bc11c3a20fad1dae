import type { MadeFile, Outcome } from './shell-recording.ts';

/**
 * `same`: exit code, files and all that was printed; `same-text`: but for space at the ends of lines; `exit-only`:
 * other words, but the same exit code and files; `differs`: another exit code or other files.
 */
export type Verdict = 'same' | 'same-text' | 'exit-only' | 'differs';

const SHAPES: Record<string, string> = {
  int: String.raw`-?\d+`,
  uuid: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  timestamp: String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::?\d\d)?| \+0000 UTC|Z)?`,
  word: String.raw`[^\s,;()'"]+`,
  any: String.raw`[\s\S]*?`,
};
const CAPTURE = /\{(int|uuid|timestamp|word|any)\}/g;

/** Compares what a command did with what was recorded; `why` has a line for each difference. */
export function judge(wanted: Outcome, seen: Outcome): { verdict: Verdict; why: string[] } {
  const why: string[] = [];
  if (wanted.exit !== seen.exit) why.push(`exit ${seen.exit}, for ${wanted.exit}`);
  const [wantedFiles, seenFiles] = [describe(wanted.files), describe(seen.files)];
  if (wantedFiles !== seenFiles) why.push(`files ${seenFiles}, for ${wantedFiles}`);
  const broken = why.length > 0;
  for (const stream of ['stdout', 'stderr'] as const) {
    if (!fits(wanted[stream], seen[stream]))
      why.push(`${stream} ${JSON.stringify(seen[stream])}, for ${JSON.stringify(wanted[stream])}`);
  }
  if (why.length === 0) return { verdict: 'same', why };
  if (broken) return { verdict: 'differs', why };
  const near = (['stdout', 'stderr'] as const).every((stream) => fits(loosen(wanted[stream]), loosen(seen[stream])));
  return { verdict: near ? 'same-text' : 'exit-only', why };
}

/** Whether a text is what a recording with captures allows. */
export function fits(expected: string, actual: string): boolean {
  let pattern = '';
  let from = 0;
  for (const match of expected.matchAll(CAPTURE)) {
    pattern += escape(expected.slice(from, match.index)) + SHAPES[match[1]!]!;
    from = match.index + match[0].length;
  }
  return new RegExp(`^${pattern}${escape(expected.slice(from))}$`).test(actual);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function loosen(text: string): string {
  return text.replace(/[ \t]+$/gm, '').trim();
}

function describe(files: MadeFile[] | undefined): string {
  return (files ?? [])
    .map(({ path, mode, certificate, begins }) =>
      [path, mode, certificate && JSON.stringify(Object.entries(certificate).sort()), begins].filter(Boolean).join(' '),
    )
    .join('; ');
}
