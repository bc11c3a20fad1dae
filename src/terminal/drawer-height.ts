import { readStored, writeStored } from '../ui/storage.ts';

/** The initial height, in pixels: the head and about twelve lines. */
const FIRST_PX = 250;
/** The least height, in pixels: the head and two lines. */
const MIN_PX = 90;
/** The share of the window that the drawer takes at most, initially and when the reader makes it taller. */
const FIRST_PART = 0.5;
const MAX_PART = 0.85;
/** The steps of the arrow keys, and of Page Up and Page Down, in pixels. */
const STEP_PX = 16;
const PAGE_PX = 96;

const KEY = 'bankrun:drawer-height';

/**
 * Returns the drawer's height in a window, in pixels. `wanted` is the height that the reader last chose, possibly in
 * another window. Pure.
 */
export function heightIn(windowPx: number, wanted: number | undefined): number {
  const most = maxIn(windowPx);
  return Math.round(
    Math.max(Math.min(MIN_PX, most), Math.min(wanted ?? Math.min(FIRST_PX, windowPx * FIRST_PART), most)),
  );
}

/** Returns the height after a key press on the drawer's edge; undefined for keys that do nothing there. Pure. */
export function heightByKey(key: string, heightPx: number, windowPx: number): number | undefined {
  const by: Record<string, number> = {
    ArrowUp: STEP_PX,
    ArrowDown: -STEP_PX,
    PageUp: PAGE_PX,
    PageDown: -PAGE_PX,
    Home: -windowPx,
    End: windowPx,
  };
  const change = by[key];
  return change === undefined ? undefined : heightIn(windowPx, heightPx + change);
}

/** Returns the greatest height of the drawer in a window, in pixels. Pure. */
export function maxIn(windowPx: number): number {
  return Math.round(windowPx * MAX_PART);
}

/** Returns the height that the reader last chose, in pixels; undefined when there is none or storage is refused. */
export function recallHeight(): number | undefined {
  const height = readStored<unknown>(() => localStorage, KEY);
  return typeof height === 'number' ? height : undefined;
}

/** Stores the height that the reader chose. If storage is refused, the choice lasts until the page is left. */
export function rememberHeight(heightPx: number): void {
  writeStored(() => localStorage, KEY, heightPx);
}
