/** What opens over the foot of a telephone's window says so; there is room for one. */
const OPENED = 'bankrun:sheet';

/** Whether an element takes the whole width of the window. */
export function fillsWidth(sheet: Element): boolean {
  return sheet.getBoundingClientRect().width >= document.documentElement.clientWidth;
}

/** Tells the others that a sheet has opened, where it leaves no room for them. */
export function announceSheet(sheet: HTMLElement): void {
  if (matchMedia('(max-width: 59.99rem)').matches) document.dispatchEvent(new CustomEvent(OPENED, { detail: sheet }));
}

/** Has a sheet closed when another one opens. */
export function giveWay(sheet: HTMLElement, close: () => void): void {
  document.addEventListener(
    OPENED,
    ({ detail }: CustomEventInit<HTMLElement>) => detail !== sheet && !sheet.hidden && close(),
  );
}
