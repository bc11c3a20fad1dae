/** The width of the chart's view box. The chart is drawn as wide as there is room. */
export const WIDTH = 320;
/** The height of the chart's view box. */
export const HEIGHT = 96;
/** Space above the bars for the curve of a transfer, and below them for names. */
const TOP = 22;
const FOOT = 14;
/** The part of a bar's slot that stays empty. */
const GAP_PART = 0.2;
const WIDEST = 34;

/** A bar, in view box units. */
export interface Bar {
  x: number;
  width: number;
  y: number;
  height: number;
  /** Where the bar ended before, if it has changed. */
  wasY?: number;
}

/**
 * Returns the bars of values, drawn from the zero line. A value in `was` is the old value; undefined when it is
 * unchanged or unknown. Pure.
 */
export function barsOf(values: readonly number[], was: readonly (number | undefined)[]): Bar[] {
  const all = [0, ...values, ...was.filter((value) => value !== undefined)];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = most - least || 1;
  const yOf = (value: number): number => round(TOP + ((most - value) / span) * (HEIGHT - TOP - FOOT));
  const place = Math.min(WIDTH / Math.max(1, values.length), WIDEST * (1 + GAP_PART));
  return values.map((value, at) => {
    const [end, zero, before] = [yOf(value), yOf(0), was[at]];
    return {
      x: round(place * (at + GAP_PART / 2)),
      width: round(place * (1 - GAP_PART)),
      y: Math.min(end, zero),
      // A value other than zero is always visible.
      height: value === 0 ? 0 : Math.max(1, round(Math.abs(end - zero))),
      ...(before !== undefined && before !== value && { wasY: yOf(before) }),
    };
  });
}

/** Returns the path of a curve from above one bar to above another. Pure. */
export function curveBetween(from: Bar, to: Bar): string {
  const [startX, endX] = [from.x + from.width / 2, to.x + to.width / 2];
  const [startY, endY] = [Math.min(from.wasY ?? from.y, from.y) - 3, to.y - 4];
  const top = Math.max(2, Math.min(startY, endY) - 16);
  return `M${round(startX)} ${startY}C${round(startX)} ${top} ${round(endX)} ${top} ${round(endX)} ${endY}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
