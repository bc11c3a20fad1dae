/** The event that a sheet dispatches when it opens at the bottom of a narrow window, which has room for only one. */
const OPENED = 'bankrun:sheet';

/** Returns whether an element is as wide as the window. */
export function fillsWidth(sheet: Element): boolean {
  return sheet.getBoundingClientRect().width >= document.documentElement.clientWidth;
}

/** Announces that a sheet has opened, if the window is too narrow for a second one. */
export function announceSheet(sheet: HTMLElement): void {
  if (matchMedia('(max-width: 59.99rem)').matches) document.dispatchEvent(new CustomEvent(OPENED, { detail: sheet }));
}

/** Calls `close` when another sheet opens while this one is visible. */
export function closeForOthers(sheet: HTMLElement, close: () => void): void {
  document.addEventListener(
    OPENED,
    ({ detail }: CustomEventInit<HTMLElement>) => detail !== sheet && !sheet.hidden && close(),
  );
}
