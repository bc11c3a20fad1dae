/** The chart's width in its own measures; it is drawn as wide as there is room. */
export const WIDTH = 320;
/** Its height in the same. */
export const HEIGHT = 96;
/** Above the bars, for what moves from one to another; below them, for names. */
const TOP = 22;
const FOOT = 14;
/** Of a bar's place, what stays free. */
const GAP_PART = 0.2;
const WIDEST = 34;

/** A bar, in the chart's measures. */
export interface Bar {
  x: number;
  width: number;
  y: number;
  height: number;
  /** Where its end was before, if it was elsewhere. */
  wasY?: number;
}

/** Bars of these values, from the line of zero; `was` undefined: as it is. Pure. */
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
      // What holds something is seen to.
      height: value === 0 ? 0 : Math.max(1, round(Math.abs(end - zero))),
      ...(before !== undefined && before !== value && { wasY: yOf(before) }),
    };
  });
}

/** A curve from above one bar to above another. Pure. */
export function curveBetween(from: Bar, to: Bar): string {
  const [startX, endX] = [from.x + from.width / 2, to.x + to.width / 2];
  const [startY, endY] = [Math.min(from.wasY ?? from.y, from.y) - 3, to.y - 4];
  const top = Math.max(2, Math.min(startY, endY) - 16);
  return `M${round(startX)} ${startY}C${round(startX)} ${top} ${round(endX)} ${top} ${round(endX)} ${endY}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
