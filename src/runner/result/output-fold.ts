import { writeClipboard } from '../../ui/write-clipboard.ts';
import { button, element } from '../../ui/element.ts';
import { tellStatus } from '../../ui/status.ts';

/**
 * Of more lines the middle is folded: the first say what began, the last how it ended. Those that stay fit into the box
 * without scrolling.
 */
const MOST_LINES = 30;
const FIRST_LINES = 5;
const LAST_LINES = 15;
const TOLD_MS = 2000;

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

/** A button that copies what `text` gives then, and says whether the browser let it. */
export function copyButton(text: () => string | Promise<string>, label = 'Copy output'): HTMLButtonElement {
  const copy = async (): Promise<void> => {
    const copied = await writeClipboard(await text());
    made.textContent = copied ? 'Copied' : 'Not allowed';
    tellStatus(
      copied ? 'Copied to the clipboard.' : 'The browser does not allow copying here: select the text instead.',
    );
    setTimeout(() => (made.textContent = label), TOLD_MS);
  };
  const made = button(
    label,
    () => void copy().catch(() => tellStatus('The server cannot be reached: try again later.')),
  );
  return made;
}
