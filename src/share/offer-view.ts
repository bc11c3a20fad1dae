import type { BlockEditor } from '../editor/block-editor.ts';
import { alignTexts } from '../../shared/expectation/align.ts';
import type { SharePage } from './share-page.ts';
import { linesView } from '../runner/compare/difference-view.ts';
import { button, element } from '../ui/element.ts';
import { openDetails } from '../ui/open-details.ts';
import { announce } from '../ui/status.ts';
import { NOT_LOADED_SENTENCE } from '../sentences/cluster-sentences.ts';
import { withUnseen } from './characters.ts';
import { KEPT_ASIDE, offerLegend, offerSentence, OWN_BACK } from '../sentences/share-sentences.ts';
import type { Offer } from './sort-out.ts';

/**
 * Offers a link's code for one block, below the block's own code: the differences, and buttons to use or discard it.
 */
export class OfferView {
  readonly hasOwn: boolean;
  isOpen = true;
  isUsed = false;
  readonly #offer: Offer;
  readonly #page: SharePage;
  readonly #onChoice: () => void;
  readonly #node: HTMLElement;
  readonly #watcher: IntersectionObserver;
  #comparesOwn = false;

  /** `onChoice` is called when the reader has used or discarded it. */
  constructor(offer: Offer, page: SharePage, onChoice: () => void) {
    const { block } = offer;
    this.#offer = offer;
    this.#page = page;
    this.#onChoice = onChoice;
    this.hasOwn = block.edited !== undefined;
    this.#node = element('div', {
      class: 'offer',
      role: 'group',
      'aria-label': `Code from the link: ${block.title}`,
      tabindex: '-1',
    });
    this.#draw();
    // Visible content must not move by itself. The offer is inserted into a visible figure only when the reader asks
    // for it or has scrolled past.
    this.#watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === false) this.insert();
    });
    this.#watcher.observe(block.figure);
  }

  /** Inserts the offer into its figure. */
  insert(): void {
    this.#watcher.disconnect();
    if (!this.#node.isConnected) this.#offer.block.result.before(this.#node);
  }

  /** Scrolls to the offer and focuses it, in the mode that shows it. */
  reveal(): void {
    const { figure, mode } = this.#offer.block;
    if (!figure.checkVisibility()) document.querySelector<HTMLElement>(`.mode-filter input[value="${mode}"]`)?.click();
    const behavior = openDetails(figure);
    // Scrolls to the offer and not to its figure, which may be higher than the window.
    this.#node.scrollIntoView({ block: this.#node.offsetHeight < innerHeight * 0.7 ? 'center' : 'start', behavior });
    this.#node.focus({ preventScroll: true });
  }

  remove(): void {
    this.#watcher.disconnect();
    this.#node.remove();
    this.isOpen = false;
  }

  /** Makes the code the reader's own edit. Returns false and changes nothing when the editor cannot be loaded. */
  async use(): Promise<boolean> {
    const { block, text } = this.#offer;
    const own = block.edited;
    const editor = await this.#editor().catch(() => undefined);
    if (!editor) {
      announce(NOT_LOADED_SENTENCE);
      this.#draw(NOT_LOADED_SENTENCE);
      this.insert();
      return false;
    }
    editor.put(text);
    this.isUsed = true;
    this.#leave();
    if (own !== undefined) this.#keepAside(own);
    this.#onChoice();
    return true;
  }

  #editor(): Promise<BlockEditor> {
    return this.#page.loadEditing().then((editing) => editing.of(this.#offer.block));
  }

  async #useAndRun(): Promise<void> {
    if (await this.use()) this.#page.run(this.#offer.block.id);
  }

  /** Removes the offer. If it had the focus, moves the focus to Run. */
  #leave(): void {
    const hadFocus = this.#node.contains(document.activeElement);
    this.remove();
    if (hadFocus) this.#offer.block.button('run')?.focus({ preventScroll: true });
  }

  /** Offers to restore the reader's own code until the reader leaves the page. */
  #keepAside(own: string): void {
    const back = button('Back to yours', () => {
      void this.#editor().then(
        (editor) => {
          editor.put(own);
          this.#leave();
          announce(OWN_BACK);
        },
        () => announce(NOT_LOADED_SENTENCE),
      );
    });
    this.#node.replaceChildren(element('p', {}, KEPT_ASIDE), element('p', { class: 'choices' }, back));
    this.insert();
  }

  #draw(problem?: string): void {
    const { block, text, isOutdated } = this.#offer;
    const { hasOwn } = this;
    const [from, whose] = this.#comparesOwn ? [block.text, 'yours'] : [block.original, 'the page'];
    const lines = alignTexts(from.split('\n'), text.split('\n')).map((line) => ({
      ...line,
      text: withUnseen(line.text),
    }));
    const compare = button(
      this.#comparesOwn ? 'Compare with the page' : 'Compare with yours',
      () => {
        this.#comparesOwn = !this.#comparesOwn;
        this.#draw();
        this.#node.querySelector<HTMLElement>('[data-compare]')?.focus();
      },
      { 'data-compare': '' },
    );
    const choices = [
      button(hasOwn ? 'Use it in place of yours' : 'Use this code', () => void this.use(), { 'data-use': '' }),
      button('Use and run', () => void this.#useAndRun()),
      button(hasOwn ? 'Keep yours' : 'Discard', () => {
        this.#leave();
        this.#onChoice();
      }),
      ...(hasOwn ? [compare] : []),
    ];
    const unseen = withUnseen(text) !== text;
    this.#node.replaceChildren(
      element('p', {}, problem ?? offerSentence({ isOutdated, hasOwn, mode: block.mode })),
      linesView(lines, `The link’s code compared with ${whose}`),
      element('p', { class: 'told' }, offerLegend(whose, unseen)),
      element('p', { class: 'choices' }, ...choices),
    );
  }
}
