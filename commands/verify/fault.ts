import type { PageStep } from '../../shared/step.ts';

/** Returns a sentence about a step, with the place of its source in front if the step is on a page. */
export function inSource(pageStep: PageStep | undefined, sentence: string): string {
  return pageStep ? `${pageStep.source.file}:${pageStep.source.line}: ${sentence}` : sentence;
}
