import type { Block } from '../runner/step/block.ts';
import { button, element } from '../ui/element.ts';
import { alignTexts } from '../../shared/expectation/align.ts';
import { linesView } from '../runner/compare/difference-view.ts';
import { EDIT_OFFERS } from '../sentences/edit-sentences.ts';

/** A stored edit that the block does not show. */
export interface OfferedEdit {
  text: string;
  /** True when the author has changed the text since; false when another tab made the edit. */
  isOfAnotherText: boolean;
}

/**
 * Offers a stored edit above the block's code, with the differences. Calls `onChoice` with whether the reader wants it.
 */
export function offerEdit(
  block: Block,
  { text, isOfAnotherText }: OfferedEdit,
  onChoice: (wanted: boolean) => void,
): void {
  const choose = (wanted: boolean): void => {
    offer.remove();
    onChoice(wanted);
    block.button('edit')?.focus({ preventScroll: true });
  };
  const { said, other, legend } = isOfAnotherText ? EDIT_OFFERS.outdated : EDIT_OFFERS.otherTab;
  const offer = element(
    'div',
    { class: 'offer own', role: 'group', 'aria-label': `Your earlier edit of ${block.title}` },
    element('p', {}, said),
    linesView(alignTexts(block.text.split('\n'), text.split('\n')), said),
    element('p', { class: 'told' }, legend),
    element(
      'p',
      { class: 'choices' },
      button('Use mine', () => choose(true)),
      ' ',
      button(other, () => choose(false)),
    ),
  );
  block.figure.querySelector('.code')!.before(offer);
}
