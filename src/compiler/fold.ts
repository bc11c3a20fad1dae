import type { SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';

/** Lines of a sample that are folded, counted from 0; `to` is not among them. */
export interface Fold {
  from: number;
  to: number;
}

/** Fewer lines than this are not worth a press. */
const LEAST_LINES = 6;

/**
 * What of a sample is folded: all but its first paragraph, and those that `shows` names by how a line of theirs begins,
 * separated by semicolons: `class Account; def main`. A paragraph begins after an empty line, at the margin.
 */
export function foldsOf(text: string, shows: string, place: SourcePlace, tell: (mistake: Mistake) => void): Fold[] {
  const lines = text.split('\n');
  const names = shows.split(';').map((name) => name.trim());
  const starts = lines.flatMap((line, index) =>
    /^\S/.test(line) && (index === 0 || lines[index - 1] === '') ? [index] : [],
  );
  const heads = lines.filter((line) => /^[\w@"'<]/.test(line));
  for (const name of names) {
    if (name === '' || !heads.some((line) => line.startsWith(name)))
      tell(
        unknownWord(
          place,
          'in `shows`',
          name,
          heads.map((line) => line.replace(/[(:=].*/, '').trim()),
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
    .filter(({ from, to }) => to - from >= LEAST_LINES);
}

/** The empty lines before a fold go with it. */
function blanksBefore(lines: readonly string[], from: number): number {
  let at = from;
  while (lines[at - 1] === '') at -= 1;
  return at;
}
