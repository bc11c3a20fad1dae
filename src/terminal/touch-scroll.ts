/**
 * Lets a finger that is drawn over `element` scroll by lines, which xterm.js leaves to wheels. `linePx` is how high one
 * is.
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
      // The page stays where it is.
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
