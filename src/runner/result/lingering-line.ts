import { button, element } from '../../ui/element.ts';
import type { Remedy } from './notice.ts';

/** A line whose sentence and action can change while its button has the focus. */
export class LingeringLine {
  readonly node: HTMLElement;
  readonly #said = element('span');
  readonly #button = button('', () => this.#press?.());
  #press: (() => void) | undefined;

  constructor() {
    this.node = element('p', { class: 'notice' }, this.#said, ' ', this.#button);
  }

  /** Says it, with a button for what the reader can do about it. */
  say(text: string, { label, press }: Remedy): void {
    this.#press = press;
    if (this.#button.textContent !== label) this.#button.textContent = label;
    if (this.#said.textContent !== text) this.#said.textContent = text;
  }

  get hasFocus(): boolean {
    return this.node.contains(document.activeElement);
  }

  /** Removes it. A focus on its button moves to the step's Run. */
  remove(): void {
    if (this.hasFocus)
      this.node
        .closest('figure')
        ?.querySelector<HTMLElement>('.actions [data-action="run"]')
        ?.focus({ preventScroll: true });
    this.node.remove();
  }
}
