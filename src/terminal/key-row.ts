import { button, element } from '../ui/element.ts';

/** Keys that a phone's keyboard has not: what each shows, is called, and sends. */
const KEYS = [
  ['Esc', 'Escape', '\x1b'],
  ['Tab', 'Tab', '\t'],
  ['←', 'Left', 'D'],
  ['↑', 'Up', 'A'],
  ['↓', 'Down', 'B'],
  ['→', 'Right', 'C'],
] as const;

/** A row of keys for phones. Ctrl goes with the next character that is typed. */
export class KeyRow {
  readonly element: HTMLElement;
  readonly #ctrl: HTMLButtonElement;

  /** `press` hears what a key sends, an arrow as the letter that ends its sequence. */
  constructor(press: (key: string) => void) {
    this.#ctrl = button('Ctrl', () => this.#hold(this.#ctrl.getAttribute('aria-pressed') !== 'true'), {
      'aria-pressed': 'false',
    });
    const keys = KEYS.map(([shown, name, sends]) => button(shown, () => press(sends), { 'aria-label': name }));
    this.element = element('div', { class: 'keys', role: 'group', 'aria-label': 'Keys' }, this.#ctrl, ...keys);
    // A press on a key leaves the focus, and with it the phone's keyboard, where they are.
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
  }

  /** What was typed, with Ctrl where that is held. */
  apply(text: string): string {
    if (this.#ctrl.getAttribute('aria-pressed') !== 'true' || text.length !== 1) return text;
    this.#hold(false);
    const code = text.toUpperCase().charCodeAt(0);
    return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : text === ' ' ? '\0' : text;
  }

  #hold(isHeld: boolean): void {
    this.#ctrl.setAttribute('aria-pressed', String(isHeld));
  }
}
