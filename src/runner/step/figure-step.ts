import { readPageStep, type PageStep } from '../../../shared/step.ts';

const steps = new WeakMap<Element, PageStep>();

/** The step that a figure carries, read and checked once. Throws an Error when the figure carries none. */
export function stepOfFigure(figure: HTMLElement): PageStep {
  const known = steps.get(figure);
  if (known) return known;
  const read = readPageStep(figure.dataset['step'] ?? 'null');
  steps.set(figure, read);
  return read;
}
