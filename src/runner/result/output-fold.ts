import { button, element } from '../../ui/element.ts';

/**
 * Of more lines the middle is folded: the first say what began, the last how it ended. Those that stay fit into the box
 * without scrolling.
 */
const MOST_LINES = 30;
const FIRST_LINES = 5;
const LAST_LINES = 15;

/** Folds what is long; the browser's own search finds what is folded, and unfolds it. */
export function foldLines(box: HTMLElement): void {
  const lines = [...box.children];
  if (lines.length <= MOST_LINES) return;
  const middle = lines.slice(FIRST_LINES, -LAST_LINES);
  const folded = element('span', { class: 'folded', hidden: 'until-found' });
  const unfold = (): void => {
    show.remove();
    folded.replaceWith(...folded.childNodes);
  };
  const show = button(
    `⋯ Show all ${lines.length} lines`,
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
