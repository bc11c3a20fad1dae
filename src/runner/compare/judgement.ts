import { counted } from '../../sentences/counted.ts';
import { differenceView } from './difference-view.ts';
import type { Verdict } from './verdict.ts';

export { formatTable } from '../../../shared/shell-table/table.ts';
export { judge, judgedOf } from './verdict.ts';

/** A result as far as a verdict is drawn into it. */
interface JudgedResult {
  /** Says next to the outcome what the verdict is; of a difference also why, and the compared lines. */
  conclude: (word: string, is: Verdict['is'], reason?: string, difference?: HTMLElement) => void;
  /** Shows what was printed alone, or as it was compared. */
  showAlone: (isAlone: boolean) => void;
}

/** Draws a verdict into the result that it is of. */
export function showVerdict(verdict: Verdict, view: JudgedResult): void {
  if (verdict.is !== 'differs') return view.conclude(wordOf(verdict), verdict.is);
  view.conclude(
    wordOf(verdict),
    verdict.is,
    verdict.reasons.join(' '),
    differenceView(verdict.comparison, (isAlone) => view.showAlone(isAlone)),
  );
}

/** Verdicts of a run's steps, in their order, for the status line; of the last with its reasons. */
export function verdictSentence(judged: { title: string; isLast: boolean; verdict: Verdict }[]): string {
  const differing = judged.flatMap(({ title, isLast, verdict }) => {
    if (verdict.is !== 'differs') return [];
    return isLast ? [`It ${wordOf(verdict)}.`, ...verdict.reasons] : [`${title} ${wordOf(verdict)}.`];
  });
  const last = judged.at(-1);
  if (last?.isLast && last.verdict.is === 'not-compared') differing.push(`N${wordOf(last.verdict).slice(1)}.`);
  if (differing.length > 0) return differing.join(' ');
  return judged.some(({ verdict }) => verdict.is === 'fits') ? 'As expected.' : '';
}

function wordOf(verdict: Verdict): string {
  switch (verdict.is) {
    case 'fits':
      return 'as expected';
    case 'differs':
      return `differs from what was expected in ${counted(verdict.comparison.differing, 'line')}`;
    case 'not-compared':
      return `not compared: ${verdict.why}`;
  }
}
