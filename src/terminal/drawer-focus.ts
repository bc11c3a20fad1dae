import type { Pane } from './pane.ts';

/** The parts of the drawer between which the focus moves. */
interface DrawerParts {
  frame: HTMLElement;
  isOpen: () => boolean;
  /** Returns the pane of the shown terminal. */
  pane: () => Pane;
}

/** The focus: F6 moves it into the terminal, and out of it to the element from which it came. */
export class DrawerFocus {
  readonly #parts: DrawerParts;
  /** The element that opened the drawer, to which the focus returns. */
  #opener: HTMLElement | undefined;

  constructor(parts: DrawerParts) {
    this.#parts = parts;
    addEventListener('keydown', (event) => this.#walk(event), { capture: true });
  }

  /** Whether the focus is in the drawer. */
  get isInside(): boolean {
    return this.#parts.frame.contains(document.activeElement);
  }

  /** Focuses the element that opened the drawer. */
  comeFrom(opener: HTMLElement | null | undefined): void {
    this.#opener = opener ?? undefined;
    // Not every browser focuses a clicked button.
    opener?.focus({ preventScroll: true });
  }

  /** Returns the focus to the element that opened the drawer, or to the bar. */
  leave(): void {
    const { activeElement } = document;
    this.#opener?.focus({ preventScroll: true });
    if (document.activeElement === activeElement || document.activeElement === document.body)
      document.querySelector<HTMLElement>('[data-cluster]')?.focus({ preventScroll: true });
  }

  #walk(event: KeyboardEvent): void {
    if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || !this.#parts.isOpen()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pane = this.#parts.pane();
    const { activeElement } = document;
    if (pane.element.contains(activeElement)) return this.leave();
    if (activeElement instanceof HTMLElement && activeElement !== document.body && !this.isInside)
      this.#opener = activeElement;
    pane.focus();
  }
}
