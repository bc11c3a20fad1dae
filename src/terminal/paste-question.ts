import { counted } from '../sentences/counted.ts';
import { button, element } from '../ui/element.ts';
import type { PastedText } from './pasted-text.ts';

/** Lines that the question shows, each as long as there is room. */
const MOST_LINES = 12;

/** What is about to go in, in words for a button and its question. */
export interface Asking {
  /** As in "Paste". */
  verb: string;
  /** Why the reader is asked, where it is not because of the lines. */
  why?: string;
  /** Gives the focus back. */
  done: () => void;
}

let shown: { element: HTMLElement; cancel: () => void } | undefined;

/** Asks in `pane` whether that is to go in, showing it; Enter and Escape answer, too. */
export function askToPaste(
  pane: HTMLElement,
  { text, lines, leftOut }: PastedText,
  { verb, why, done }: Asking,
  paste: (text: string) => void,
): void {
  shown?.cancel();
  const question = `${verb} ${lines.length > 1 ? counted(lines.length, 'line') : 'this'}?`;
  const more = lines.length - MOST_LINES;
  const sentences = [
    why,
    text.endsWith('\n') || lines.length > 1 ? 'Each line that ends runs at once.' : undefined,
    leftOut > 0 ? `${counted(leftOut, 'control character')} ${leftOut === 1 ? 'is' : 'are'} left out.` : undefined,
    more > 0 ? `The first ${MOST_LINES} are shown.` : undefined,
  ].filter((sentence) => sentence !== undefined);
  const close = (): void => {
    asked.remove();
    shown = undefined;
    done();
  };
  const agree = (): void => {
    close();
    paste(text);
  };
  const yes = button(verb, agree, { class: 'main' });
  const asked = element(
    'div',
    { class: 'asks', role: 'alertdialog', 'aria-label': question, 'aria-describedby': 'terminal-pasted' },
    element('p', { class: 'panel-title' }, question),
    element('pre', { id: 'terminal-pasted', tabindex: '0' }, lines.slice(0, MOST_LINES).join('\n')),
    element('p', {}, sentences.join(' ')),
    element('p', {}, yes, ' ', button('Cancel', close)),
  );
  asked.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
  });
  shown = { element: asked, cancel: close };
  pane.append(asked);
  yes.focus();
}
