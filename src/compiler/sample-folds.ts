import type { SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';

/** A range of folded lines of a sample, counted from 0. `to` is exclusive. */
export interface Fold {
  from: number;
  to: number;
}

/** Folding fewer lines than this is not worth the click to unfold them. */
const MIN_LINES = 6;

/**
 * Returns the folded ranges of a sample: everything but its first paragraph and the paragraphs that `shows` names.
 * `shows` lists how a line of each such paragraph begins, separated by semicolons: `class Account; def main`. A
 * paragraph begins with an unindented line after an empty line.
 */
export function foldsOf(text: string, shows: string, place: SourcePlace, report: (mistake: Mistake) => void): Fold[] {
  const lines = text.split('\n');
  const names = shows.split(';').map((name) => name.trim());
  const starts = lines.flatMap((line, index) =>
    /^\S/.test(line) && (index === 0 || lines[index - 1] === '') ? [index] : [],
  );
  const heads = lines.filter((line) => /^[\w@"'<]/.test(line));
  for (const name of names) {
    if (name === '' || !heads.some((line) => line.startsWith(name)))
      report(
        unknownWord(
          place,
          'a line that begins',
          name,
          heads.map((line) => line.replace(/[(:=].*/, '').trim()),
          'in `shows`',
        ),
      );
  }
  const isShown = (start: number, end: number): boolean =>
    start === starts[0] || lines.slice(start, end).some((line) => names.some((name) => line.startsWith(name)));
  const folds: Fold[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? lines.length;
    if (isShown(start, end)) continue;
    const last = folds.at(-1);
    if (last?.to === start) last.to = end;
    else folds.push({ from: start, to: end });
  }
  return folds
    .map(({ from, to }) => ({ from: blanksBefore(lines, from), to }))
    .filter(({ from, to }) => to - from >= MIN_LINES);
}

/** Moves the start of a fold up, so that it includes the empty lines before it. */
function blanksBefore(lines: readonly string[], from: number): number {
  let at = from;
  while (lines[at - 1] === '') at -= 1;
  return at;
}
