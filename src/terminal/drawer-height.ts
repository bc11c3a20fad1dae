import { readStored, writeStored } from '../ui/storage.ts';

/** As high as that at first: its head, and about twelve lines. */
const FIRST_PX = 250;
/** Its head, and two lines. */
const LEAST_PX = 90;
/** Of the window: at first, and when the reader has drawn it up. */
const FIRST_PART = 0.5;
const MOST_PART = 0.85;
/** An arrow key, and Page Up or Page Down. */
const STEP_PX = 16;
const PAGE_PX = 96;

const KEY = 'bankrun:drawer-height';

/**
 * How high the drawer is in a window, pixels; `wanted` is what the reader chose in this window or another one. Pure.
 */
export function heightIn(windowPx: number, wanted: number | undefined): number {
  const most = mostIn(windowPx);
  return Math.round(
    Math.max(Math.min(LEAST_PX, most), Math.min(wanted ?? Math.min(FIRST_PX, windowPx * FIRST_PART), most)),
  );
}

/** What a key on the drawer's edge makes of its height; undefined for keys that do nothing there. Pure. */
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

/** How high the drawer can be in a window, pixels. Pure. */
export function mostIn(windowPx: number): number {
  return Math.round(windowPx * MOST_PART);
}

/** What the reader last chose, pixels; undefined when they chose nothing, or storage is refused. */
export function recallHeight(): number | undefined {
  const height = readStored<unknown>(() => localStorage, KEY);
  return typeof height === 'number' ? height : undefined;
}

/** Where storage is refused, the choice holds for this page. */
export function rememberHeight(heightPx: number): void {
  writeStored(() => localStorage, KEY, heightPx);
}
