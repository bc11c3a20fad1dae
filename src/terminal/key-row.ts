import { button, element } from '../ui/element.ts';

/** Keys that phone keyboards lack: label, name, and what they send. */
const KEYS = [
  ['Esc', 'Escape', '\x1b'],
  ['Tab', 'Tab', '\t'],
  ['←', 'Left', 'D'],
  ['↑', 'Up', 'A'],
  ['↓', 'Down', 'B'],
  ['→', 'Right', 'C'],
] as const;

/** A row of keys for phones. Ctrl applies to the next character that is typed. */
export class KeyRow {
  readonly element: HTMLElement;
  readonly #ctrl: HTMLButtonElement;

  /** `press` gets what a key sends; for an arrow, the letter that ends its escape sequence. */
  constructor(press: (key: string) => void) {
    this.#ctrl = button('Ctrl', () => this.#hold(this.#ctrl.getAttribute('aria-pressed') !== 'true'), {
      'aria-pressed': 'false',
    });
    const keys = KEYS.map(([shown, name, sends]) => button(shown, () => press(sends), { 'aria-label': name }));
    this.element = element('div', { class: 'keys', role: 'group', 'aria-label': 'Keys' }, this.#ctrl, ...keys);
    // Keeps the focus where it is, and so the phone's keyboard open.
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
  }

  /** Returns the typed text, as a control character if Ctrl is held. */
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
