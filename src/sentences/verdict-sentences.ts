import { failureWords } from '../../shared/step-end.ts';
import type { Failure } from '../../shared/step.ts';
import { counted } from './counted.ts';

/** A verdict, as much as is told. */
export type ToldVerdict = { is: 'fits' } | ToldDifference | { is: 'not-compared'; why: string };

/** What differs from what the page says: how the step ended, or else what it printed. */
interface ToldDifference {
  is: 'differs';
  /** How it should have failed, but did not. */
  meant?: Failure | undefined;
  differing: number;
  printedNothing?: boolean;
  reasons: readonly string[];
}

/** A step of the run whose end is told. */
export interface JudgedStep {
  title: string;
  /** It is the last that the run did. */
  isLast: boolean;
  verdict: ToldVerdict;
}

/** What a verdict is, after the outcome of a step. */
export function verdictWord(verdict: ToldVerdict): string {
  switch (verdict.is) {
    case 'fits':
      return 'as expected';
    case 'differs':
      return `${verdict.meant ? 'but ' : ''}${differenceWord(verdict)}`;
    case 'not-compared':
      return `not compared: ${verdict.why}`;
  }
}

function differenceWord({ meant, differing, printedNothing }: ToldDifference): string {
  if (meant) return `should have failed${failureWords(meant)}`;
  const lines = counted(differing, 'line');
  return printedNothing
    ? `printed nothing, but ${lines} ${differing === 1 ? 'is' : 'are'} expected`
    : `differs from the expected output in ${lines}`;
}

/** The same as a sentence, of output that fits. */
export const AS_EXPECTED = 'As expected.';
/** The same of output that is not compared. */
export const notComparedSentence = (why: string): string => `Not compared: ${why}.`;

/** Verdicts of a run's steps, in their order, for the status line; of the last with its reasons. */
export function verdictSentence(judged: readonly JudgedStep[]): string {
  const differing = judged.flatMap(({ title, isLast, verdict }) => {
    if (verdict.is !== 'differs') return [];
    return isLast ? [`It ${differenceWord(verdict)}.`, ...verdict.reasons] : [`${title} ${differenceWord(verdict)}.`];
  });
  const last = judged.at(-1);
  if (last?.isLast && last.verdict.is === 'not-compared') differing.push(notComparedSentence(last.verdict.why));
  if (differing.length > 0) return differing.join(' ');
  return judged.some(({ verdict }) => verdict.is === 'fits') ? AS_EXPECTED : '';
}

/** Why a step is not compared: its own code is not the author's. */
export const EDITED_CODE = 'the code is edited';
/** The same of a file that it uses. */
export const editedFile = (title: string): string => `${title} is edited`;
/** What it printed was more than is kept. */
export const TOO_LONG = 'the output is too long';

/** Why output may differ: the step itself had run before; `held` is what its tables held then. */
export const hadRunSentence = (held: string): string => `It had run in this cluster before${held}.`;
/** An earlier step ran several times. */
export const repeatedSentence = (title: string, times: number): string =>
  `${title} has run ${times} times in this cluster.`;
/** Some step was run that the reader had edited. */
export const EDITED_RAN = 'Code that you edited has run in this cluster.';
/** An earlier step was left out. */
export const notRunSentence = (title: string): string => `An earlier step has not run in this cluster: ${title}.`;
