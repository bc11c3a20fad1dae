import type { PageStep } from '../../shared/step.ts';

/** A sentence about a step, after the place where its author wrote it; alone for a step that no page has. */
export function inSource(pageStep: PageStep | undefined, sentence: string): string {
  return pageStep ? `${pageStep.source.file}:${pageStep.source.line}: ${sentence}` : sentence;
}
