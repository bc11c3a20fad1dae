import type { PageStep } from '../../shared/step.ts';

/** What is wrong with a step: what was found and what was expected, as clauses, and further lines that show it. */
export interface Finding {
  found: string;
  expected: string;
  /** What to do, as a sentence. */
  remedy?: string;
  detail?: string;
}

/** Returns a sentence about a step, with the place of its source in front if the step is on a page. */
export function inSource(pageStep: PageStep | undefined, sentence: string): string {
  return pageStep ? `${pageStep.source.file}:${pageStep.source.line}: ${sentence}` : sentence;
}

/** Returns a finding as a sentence, and its detail in further lines. */
export function describeFinding({ found, expected, remedy, detail }: Finding): string {
  const sentence = `found ${found}; expected ${expected}.${remedy === undefined ? '' : ` ${remedy}`}`;
  return detail === undefined || detail === '' ? sentence : `${sentence}\n${detail}`;
}
