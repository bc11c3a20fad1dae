import { button, element } from '../../ui/element.ts';
import { unfoldLabel } from '../../sentences/output-sentences.ts';

/**
 * When there are more lines, the middle is folded: the first lines say what began and the last ones how it ended. The
 * visible lines fit into the box without scrolling.
 */
const MAX_LINES = 30;
const FIRST_LINES = 5;
const LAST_LINES = 15;

/** Folds the middle of a long output. The browser's find-in-page finds folded text and unfolds it. */
export function foldLines(box: HTMLElement): void {
  const lines = [...box.children];
  if (lines.length <= MAX_LINES) return;
  const middle = lines.slice(FIRST_LINES, -LAST_LINES);
  const folded = element('span', { class: 'folded', hidden: 'until-found' });
  const unfold = (): void => {
    show.remove();
    folded.replaceWith(...folded.childNodes);
  };
  const show = button(
    unfoldLabel(lines.length),
    () => {
      unfold();
      box.focus({ preventScroll: true });
    },
    { class: 'unfold' },
  );
  folded.addEventListener('beforematch', unfold);
  middle[0]!.before(show, folded);
  folded.append(...middle);
  box.scrollTop = 0;
}
