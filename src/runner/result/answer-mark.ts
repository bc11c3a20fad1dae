import { answerSentence } from '../../sentences/end-sentences.ts';
import { element } from '../../ui/element.ts';

/**
 * Returns the line above an answer in a result that has two: the late one of the step that waited in the same session,
 * and the step's own.
 */
export function answerMark(of: 'waited' | 'own', session: string | null | undefined): HTMLElement {
  return element('p', { class: `answer-mark ${of}` }, answerSentence(of, session ?? undefined));
}
