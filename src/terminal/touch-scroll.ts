/**
 * Scrolls by lines when a finger moves over `element`, because xterm.js supports only wheels. `linePx` returns the
 * height of a line.
 */
export function scrollByTouch(element: HTMLElement, linePx: () => number, scroll: (lines: number) => void): void {
  let last: number | undefined;
  let restPx = 0;
  element.addEventListener(
    'touchstart',
    ({ touches }) => {
      last = touches.length === 1 ? touches[0]!.clientY : undefined;
      restPx = 0;
    },
    { passive: true },
  );
  element.addEventListener(
    'touchmove',
    (event) => {
      const at = event.touches[0]?.clientY;
      if (last === undefined || at === undefined) return;
      // Keeps the page from scrolling.
      event.preventDefault();
      restPx += last - at;
      last = at;
      const lines = Math.trunc(restPx / Math.max(1, linePx()));
      restPx -= lines * linePx();
      if (lines !== 0) scroll(lines);
    },
    { passive: false },
  );
}
