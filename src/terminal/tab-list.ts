import type { Mode } from '../../shared/protocol.ts';
import { button, element } from '../ui/element.ts';
import { walkedTo } from '../ui/walk.ts';

/** What the reader can do with the tabs. */
export interface TabActions {
  choose: (number: number) => void;
  /** Ends the terminal that is shown. */
  end: () => void;
  /** Types a text into the terminal. */
  type: (text: string) => void;
}

/** The drawer's tabs. Arrow keys move between them and Delete ends the current terminal. */
export class TabList {
  readonly element = element('div', { role: 'tablist', 'aria-label': 'Terminals' });
  readonly #buttons: Map<number, HTMLButtonElement>;

  constructor(tabs: { number: number; label: string }[], { choose, end, type }: TabActions) {
    this.#buttons = new Map(
      tabs.map(({ number, label }) => [number, button(label, () => choose(number), { role: 'tab' })]),
    );
    this.element.append(...this.#buttons.values());
    this.element.addEventListener('keydown', (event) => {
      const numbers = [...this.#buttons.keys()];
      const at = numbers.findIndex((number) => this.#buttons.get(number) === event.target);
      const to = walkedTo(event.key, at, numbers.length, ['ArrowLeft', 'ArrowRight']);
      if (event.key === 'Delete') return end();
      // As outside of the drawer, typed characters go into the terminal. Space presses the tab.
      if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        return type(event.key);
      }
      const number = to === undefined ? undefined : numbers[to];
      if (number === undefined) return;
      event.preventDefault();
      choose(number);
      this.#buttons.get(number)?.focus();
    });
  }

  /** Marks the tab that is shown. */
  draw(shown: number, mode: Mode): void {
    for (const [number, tab] of this.#buttons) {
      tab.setAttribute('aria-selected', String(number === shown));
      tab.setAttribute('aria-controls', `terminal-${mode}-${number}`);
      tab.tabIndex = number === shown ? 0 : -1;
    }
  }
}
