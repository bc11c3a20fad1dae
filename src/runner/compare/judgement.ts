import { verdictWord } from '../../sentences/verdict-sentences.ts';
import { differenceView } from './difference-view.ts';
import type { Verdict } from './verdict.ts';

export { formatTable } from '../../../shared/shell-table/table.ts';
export { verdictSentence } from '../../sentences/verdict-sentences.ts';
export { judge, judgedOf } from './verdict.ts';

/** The parts of a result view that showing a verdict needs. */
interface JudgedResult {
  /** Shows the verdict next to the outcome; for a difference also the reason and the compared lines. */
  conclude: (word: string, is: Verdict['is'], reason?: string, difference?: HTMLElement) => void;
  /** Shows only what was printed, or the comparison. */
  showAlone: (isAlone: boolean) => void;
}

/** Shows a verdict in its result. */
export function showVerdict(verdict: Verdict, view: JudgedResult): void {
  if (verdict.is !== 'differs') return view.conclude(verdictWord(verdict), verdict.is);
  const { comparison, reasons } = verdict;
  view.conclude(
    verdictWord(verdict),
    verdict.is,
    reasons.join(' '),
    comparison && differenceView(comparison, (isAlone) => view.showAlone(isAlone)),
  );
}
