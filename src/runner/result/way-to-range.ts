import { button, element } from '../../ui/element.ts';
import { DRAWN_EVENT, showRange, type CodeRange } from '../step/code-range.ts';

/**
 * Marks in a figure's code the range that `find` finds in its text, each time that the code is drawn, as long as
 * `isWanted` holds. Returns a line with a button that scrolls there; it is hidden while nothing is found.
 */
export function wayToRange(
  figure: HTMLElement,
  find: (text: string) => CodeRange | undefined,
  isWanted: () => boolean,
): HTMLElement {
  const way = element(
    'p',
    { class: 'told' },
    button('Show the place', () => showRange(figure, find, true)),
  );
  const mark = (): void => {
    if (isWanted()) way.hidden = !showRange(figure, find, false);
    else figure.removeEventListener(DRAWN_EVENT, mark);
  };
  figure.addEventListener(DRAWN_EVENT, mark);
  mark();
  return way;
}
