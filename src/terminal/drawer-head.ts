import type { Mode } from '../../shared/protocol.ts';
import { button, element } from '../ui/element.ts';
import type { Told } from './tab-line.ts';
import { TabList, type TabActions } from './tab-list.ts';

/** What the reader does with the head of the drawer. */
interface HeadActions extends TabActions {
  toggleRead: () => void;
  hide: () => void;
}

/** The head of the drawer: its tabs, what is said about the chosen one, and the buttons for all of it. */
export class DrawerHead {
  readonly element: HTMLElement;
  readonly #labels: Map<number, string>;
  readonly #list: TabList;
  readonly #said = element('span', { class: 'said' });
  readonly #remedy = button('', () => this.#told?.remedy?.press());
  readonly #read: HTMLButtonElement;
  readonly #end: HTMLButtonElement;
  #told: Told | undefined;

  constructor(tabs: { number: number; label: string }[], { toggleRead, hide, ...actions }: HeadActions) {
    this.#labels = new Map(tabs.map(({ number, label }) => [number, label]));
    this.#list = new TabList(tabs, actions);
    this.#read = button('Screen reader', toggleRead, {
      class: 'read',
      title: 'Have a screen reader read what the terminal shows',
    });
    this.#end = button('', actions.end, { class: 'end', title: 'End what runs here, and close it' });
    this.#end.append(element('span', { 'aria-hidden': 'true' }, '✕'));
    const hider = button('', hide, {
      class: 'hide',
      'aria-label': 'Hide the drawer',
      title: 'Hide the drawer; what runs in it goes on',
    });
    hider.append(element('span', { 'aria-hidden': 'true' }, '⌄'));
    const hint = element(
      'p',
      { class: 'hint' },
      element('kbd', {}, 'F6'),
      element('span', { class: 'inside' }, ' leaves the terminal'),
      element('span', { class: 'outside' }, ' goes to the terminal'),
    );
    this.element = element(
      'div',
      { class: 'head' },
      this.#list.element,
      this.#end,
      element('p', { class: 'line' }, this.#said, ' ', this.#remedy),
      hint,
      this.#read,
      hider,
    );
  }

  /** Whether screen readers are given what the terminals show. */
  set isRead(isRead: boolean) {
    this.#read.setAttribute('aria-pressed', String(isRead));
  }

  /**
   * Draws the chosen terminal and what is said about it. Returns whether the focus was on the button of the last
   * sentence, and this one has none.
   */
  draw(number: number, mode: Mode, told: Told | undefined): boolean {
    const hadFocus = document.activeElement === this.#remedy;
    this.#told = told;
    this.#said.textContent = told?.sentence ?? '';
    this.#remedy.textContent = told?.remedy?.label ?? '';
    this.#remedy.hidden = told?.remedy === undefined;
    this.#list.draw(number, mode);
    this.#end.setAttribute('aria-label', `End: ${this.#labels.get(number)}`);
    return hadFocus && this.#remedy.hidden;
  }
}
