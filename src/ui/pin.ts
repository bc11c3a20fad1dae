import { fillsWidth } from './sheets.ts';

/** How much of a result counts as its first lines, pixels: its head, and about four lines. */
const FIRST_LINES_PX = 128;
/** Between what is shown and what lies over it, pixels. */
const GAP_PX = 8;
/** Where on the screen nothing lies over the text. */
function clearSpace(): { top: number; bottom: number } {
  const top = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
  const bar = document.querySelector('[data-cluster]');
  const isOver = bar !== null && getComputedStyle(bar).position === 'sticky';
  const sheets = [...document.querySelectorAll('.drawer:not([hidden]), .data:not([hidden])')].filter(fillsWidth);
  const tops = [...(isOver ? [bar] : []), ...sheets].map((over) => over.getBoundingClientRect().top);
  return { top: Math.max(0, top) + GAP_PX, bottom: Math.min(innerHeight, ...tops) - GAP_PX };
}

/**
 * From a press on, keeps what was pressed where it is on the screen, though steps above it show more or less than
 * before, and the first lines of its result in the window. Browsers' own scroll anchoring cannot: it holds on to the
 * first thing that it finds, which here is stuck to the window and never moves. The reader's own scrolling ends it, and
 * a switch of mode, which keeps another thing in its place.
 */
export class Pin {
  readonly #pressed: Element;
  readonly #result: Element;
  readonly #ending = new AbortController();
  readonly #sizes: ResizeObserver;
  #top: number;
  /** Where this left the page. */
  #scrolledTo = scrollY;

  /**
   * `pressed` is kept, unless it and the first lines of `result` do not fit into the window together: then the result
   * is.
   */
  constructor(pressed: Element, result: Element) {
    this.#pressed = pressed;
    this.#result = result;
    this.#top = this.#pressed.getBoundingClientRect().top;
    document.documentElement.classList.add('pinned');
    // Called between layout and paint: nobody sees the text jump.
    this.#sizes = new ResizeObserver(() => this.#hold());
    this.#sizes.observe(document.querySelector('article') ?? document.body);
    // Whatever scrolls that is not this, by hand, key, search or address, is the reader's.
    addEventListener('scroll', () => this.#watch(), { signal: this.#ending.signal, passive: true });
    this.#hold();
  }

  /** Lets the page scroll as it likes. */
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
    // From where it would be if what was pressed had stayed.
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
    // A page that became shorter is scrolled by the browser, no further than to its end.
    const isAtEnd = scrollY < this.#scrolledTo && scrollY >= document.documentElement.scrollHeight - innerHeight - 1;
    if (isAtEnd) this.#scrolledTo = scrollY;
    else if (Math.abs(scrollY - this.#scrolledTo) > 1) this.release();
  }
}
