import { fillsWidth } from './sheets.ts';

/** The height that counts as the first lines of a result, in pixels: its head and about four lines. */
const FIRST_LINES_PX = 128;
/** Space between the kept content and what covers the page, in pixels. */
const GAP_PX = 8;

/** Returns the vertical range of the window that nothing covers. */
function clearSpace(): { top: number; bottom: number } {
  const top = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
  const bar = document.querySelector('[data-cluster]');
  const isOver = bar !== null && getComputedStyle(bar).position === 'sticky';
  const sheets = [...document.querySelectorAll('.drawer:not([hidden]), .data:not([hidden])')].filter(fillsWidth);
  const tops = [...(isOver ? [bar] : []), ...sheets].map((over) => over.getBoundingClientRect().top);
  return { top: Math.max(0, top) + GAP_PX, bottom: Math.min(innerHeight, ...tops) - GAP_PX };
}

/**
 * After a press of Run, keeps the pressed block where it is in the window while steps above it grow or shrink, and
 * keeps the first lines of its result visible. The browser's scroll anchoring cannot do this: it chooses the first
 * element that it finds, which here is sticky and never moves. The pin ends when the reader scrolls or switches the
 * mode.
 */
export class Pin {
  readonly #pressed: Element;
  readonly #result: Element;
  readonly #ending = new AbortController();
  readonly #sizes: ResizeObserver;
  #top: number;
  /** The scroll position that this class set last. */
  #scrolledTo = scrollY;

  /**
   * Keeps `pressed` in place. If it does not fit into the window together with the first lines of `result`, keeps
   * `result` instead.
   */
  constructor(pressed: Element, result: Element) {
    this.#pressed = pressed;
    this.#result = result;
    this.#top = this.#pressed.getBoundingClientRect().top;
    document.documentElement.classList.add('pinned');
    // Called between layout and paint, so the jump is never visible.
    this.#sizes = new ResizeObserver(() => this.#hold());
    this.#sizes.observe(document.querySelector('article') ?? document.body);
    // Any other scrolling, by hand, key, search or address, is the reader's.
    addEventListener('scroll', () => this.#watch(), { signal: this.#ending.signal, passive: true });
    this.#hold();
  }

  /** Stops keeping anything in place. */
  release(): void {
    this.#ending.abort();
    this.#sizes.disconnect();
    document.documentElement.classList.remove('pinned');
  }

  #hold(): void {
    const pressed = this.#pressed.getBoundingClientRect();
    if (pressed.height === 0) return;
    const { top, bottom } = clearSpace();
    const result = this.#result.getBoundingClientRect();
    // The positions as they would be if `pressed` had not moved.
    const moved = this.#top - pressed.top;
    const firstLines = result.top + moved + FIRST_LINES_PX;
    const above = firstLines - (pressed.top + moved) > bottom - top ? result.top + moved : pressed.top + moved;
    const shift = Math.min(Math.max(0, firstLines - bottom), Math.max(0, above - top)) - Math.max(0, top - above);
    this.#top -= shift;
    const by = shift - moved;
    if (Math.abs(by) >= 0.5) scrollBy({ top: by, behavior: 'instant' });
    this.#scrolledTo = scrollY;
  }

  #watch(): void {
    // When the page gets shorter, the browser scrolls to its new end. That is not the reader's scrolling.
    const isAtEnd = scrollY < this.#scrolledTo && scrollY >= document.documentElement.scrollHeight - innerHeight - 1;
    if (isAtEnd) this.#scrolledTo = scrollY;
    else if (Math.abs(scrollY - this.#scrolledTo) > 1) this.release();
  }
}
