import { button, element } from '../ui/element.ts';
import type { PastedText } from './pasted-text.ts';
import { pasteQuestion, pasteSentences } from '../sentences/terminal-sentences.ts';

/** The most lines that the question shows. */
const MAX_LINES = 12;

/** The words of a question before text goes into the terminal. */
export interface Asking {
  /** The verb on the button and in the question, such as "Paste". */
  verb: string;
  /** The reason for asking, if it is not that there are several lines. */
  why?: string;
  /** Called afterwards, to restore the focus. */
  done: () => void;
}

let shown: { element: HTMLElement; cancel: () => void } | undefined;

/** Shows a text in `pane` and asks whether it is to go into the terminal. Enter agrees and Escape cancels. */
export function askToPaste(
  pane: HTMLElement,
  { text, lines, leftOut }: PastedText,
  { verb, why, done }: Asking,
  paste: (text: string) => void,
): void {
  shown?.cancel();
  const question = pasteQuestion(verb, lines.length);
  const more = lines.length - MAX_LINES;
  const sentences = [
    ...(why === undefined ? [] : [why]),
    ...pasteSentences({
      runs: text.endsWith('\n') || lines.length > 1,
      leftOut,
      shown: more > 0 ? MAX_LINES : undefined,
    }),
  ];
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
    element('pre', { id: 'terminal-pasted', tabindex: '0' }, lines.slice(0, MAX_LINES).join('\n')),
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
