import { recordedMatcher } from './recorded-text.ts';
import type { MadeFile, Outcome } from './shell-recording.ts';

/**
 * `same`: the same exit code, files and output; `same-text`: the same but for white space at the ends of lines;
 * `exit-only`: other output, but the same exit code and files; `differs`: another exit code or other files.
 */
export type Verdict = 'same' | 'same-text' | 'exit-only' | 'differs';

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

function fits(expected: string, actual: string): boolean {
  return recordedMatcher(expected)(actual) !== undefined;
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
