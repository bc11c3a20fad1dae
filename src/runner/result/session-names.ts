import { sessionNameOf } from '../../../shared/session-name.ts';
import { stepOfFigure } from '../step/figure-step.ts';

/**
 * Returns the name of the SQL session in which a figure's step runs, and that of the page's only other one. Undefined
 * when the page gives none, or several others.
 */
export function sessionNames(figure: HTMLElement): { own: string | undefined; other: string | undefined } {
  const own = nameOf(figure);
  const figures = document.querySelectorAll<HTMLElement>('figure.block[data-step]');
  const others = new Set([...figures].flatMap((each) => nameOf(each) ?? []).filter((name) => name !== own));
  return { own, other: others.size === 1 ? [...others][0] : undefined };
}

function nameOf(figure: HTMLElement): string | undefined {
  const { step } = stepOfFigure(figure);
  return step.kind === 'sql' ? sessionNameOf(step) : undefined;
}
