import { readPageStep, type PageStep } from '../../../shared/step.ts';

const steps = new WeakMap<Element, PageStep>();

/** Returns a figure's step, which is parsed and checked once. Throws an Error when the figure has none. */
export function stepOfFigure(figure: HTMLElement): PageStep {
  const known = steps.get(figure);
  if (known) return known;
  const read = readPageStep(figure.dataset['step'] ?? 'null');
  steps.set(figure, read);
  return read;
}
