import type { SharePage } from './share-page.ts';
import { button, element } from '../ui/element.ts';
import { announce } from '../ui/status.ts';
import { LinkError, readFragment } from './code-link.ts';
import { OfferView } from './offer-view.ts';
import { foundSentence, LINK_TITLES, SAME_SENTENCE, usedSentence } from '../sentences/share-sentences.ts';
import { sortOut, type Offers } from './sort-out.ts';

/** The notice for the link that was opened last. */
let shown: Received | undefined;

/** Shows the code in the current address, and runs none of it. Never throws: an unreadable link gets a notice. */
export async function receive(page: SharePage): Promise<void> {
  shown?.remove();
  const place = document.querySelector<HTMLElement>('[data-received]');
  const { hash } = location;
  if (!place) return;
  try {
    const offers = sortOut(await readFragment(hash), page.workspace.tutorial, page.blocks);
    // Another link may have been opened in the meantime.
    if (location.hash === hash) shown = new Received(place, page, offers);
  } catch (cause) {
    if (!(cause instanceof LinkError)) throw cause;
    if (location.hash === hash) shown = new Received(place, page, cause.message);
  }
}

/** The notice at the top of the page, and the offers in the figures for which the link has code. */
class Received {
  readonly #place: HTMLElement;
  readonly #said = element('p');
  readonly #choices = element('p', { class: 'choices' });
  readonly #views: OfferView[] = [];
  #at = -1;

  /** `what` is the code, or a sentence that says why it is not shown. */
  constructor(place: HTMLElement, page: SharePage, what: Offers | string) {
    this.#place = place;
    const title = element(
      'p',
      { class: 'panel-title' },
      typeof what === 'string' ? LINK_TITLES.unreadable : LINK_TITLES.found,
    );
    const notice = element(
      'section',
      { class: 'offer', 'aria-label': 'Code from a link', tabindex: '-1' },
      title,
      this.#said,
      this.#choices,
    );
    place.replaceChildren(notice);
    document.documentElement.dataset['code'] = '';
    if (typeof what === 'string') {
      this.#end(what);
      return;
    }
    if (what.offers.length === 0) {
      title.textContent = LINK_TITLES.same;
      this.#end(SAME_SENTENCE);
      return;
    }
    this.#said.textContent = foundSentence(what);
    announce(`${title.textContent} ${this.#said.textContent}`);
    this.#views = what.offers.map((offer) => new OfferView(offer, page, () => this.#settle()));
    const show = button(what.offers.length > 1 ? 'Show the first difference' : 'Show the difference', () => {
      this.#showNext();
      if (this.#views.length > 1) show.textContent = 'Show the next difference';
    });
    const free = this.#views.filter(({ hasOwn }) => !hasOwn);
    const use = button('Use this code', () => void this.#useAll(free).catch(() => undefined));
    use.hidden = free.length === 0;
    this.#choices.replaceChildren(
      show,
      use,
      button('Discard', () => this.remove()),
    );
  }

  /** Removes the notice and the offers, and the code from the address. The reader's own code stays. */
  remove(): void {
    // Notices that offer to restore the reader's own code stay.
    for (const view of this.#views) if (view.isOpen) view.remove();
    this.#place.replaceChildren();
    delete document.documentElement.dataset['code'];
    forgetFragment();
    if (shown === this) shown = undefined;
  }

  async #useAll(views: OfferView[]): Promise<void> {
    await Promise.all(views.map((view) => view.use()));
    this.#place.querySelector<HTMLElement>('.offer')?.focus();
  }

  #showNext(): void {
    const open = this.#views.filter(({ isOpen }) => isOpen);
    for (const view of open) view.insert();
    this.#at = (this.#at + 1) % open.length;
    open[this.#at]?.reveal();
  }

  /** Called after a choice in a figure. After the last one, the notice says what was chosen. */
  #settle(): void {
    if (this.#views.some(({ isOpen }) => isOpen)) return;
    const used = this.#views.filter(({ isUsed }) => isUsed).length;
    if (used === 0) return this.remove();
    forgetFragment();
    delete document.documentElement.dataset['code'];
    this.#end(usedSentence(used));
  }

  #end(sentence: string): void {
    this.#said.textContent = sentence;
    announce(sentence);
    this.#choices.replaceChildren(button('Close', () => this.remove()));
  }
}

/** Removes the code from the address, so that a reload or a copied address no longer offers it. */
function forgetFragment(): void {
  if (location.hash === '') return;
  history.replaceState(history.state, '', location.pathname + location.search);
}
