import { verdictWord } from '../../sentences/verdict-sentences.ts';
import { differenceView } from './difference-view.ts';
import type { Verdict } from './verdict.ts';

export { formatTable } from '../../../shared/shell-table/table.ts';
export { verdictSentence } from '../../sentences/verdict-sentences.ts';
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
  if (verdict.is !== 'differs') return view.conclude(verdictWord(verdict), verdict.is);
  view.conclude(
    verdictWord(verdict),
    verdict.is,
    verdict.reasons.join(' '),
    differenceView(verdict.comparison, (isAlone) => view.showAlone(isAlone)),
  );
}
