import { describe, expect, it } from 'vitest';
import { barsOf, curveBetween, HEIGHT, WIDTH } from '../../../src/data/chart-shape.ts';

describe('bars', () => {
  it('are as high as their values, from one baseline, within the chart', () => {
    const [low, high, none] = barsOf([250, 1000, 0], [undefined, undefined, undefined]);
    expect(high!.height / low!.height).toBeCloseTo(4, 1);
    expect(low!.y + low!.height).toBeCloseTo(high!.y + high!.height, 1);
    expect(none!.height).toBe(0);
    for (const { x, width, y, height } of [low!, high!, none!])
      expect(x >= 0 && x + width <= WIDTH && y >= 0 && y + height <= HEIGHT).toBe(true);
  });

  it('hang from the baseline when their values are negative', () => {
    const [above, below] = barsOf([100, -100], [undefined, undefined]);
    expect(below!.y).toBeCloseTo(above!.y + above!.height, 1);
  });

  it('show where they ended before, on the same scale, only if that has changed', () => {
    const [from, to, same] = barsOf([0, 1000, 500], [1000, 0, 500]);
    expect([from!.wasY, to!.wasY, same!.wasY]).toEqual([to!.y, from!.y, undefined]);
  });

  it.each([1, 2, 100])('leave gaps between each other: %i bars', (count) => {
    const bars = barsOf(Array<number>(count).fill(1), []);
    for (const [at, bar] of bars.entries())
      if (at > 0) expect(bar.x).toBeGreaterThan(bars[at - 1]!.x + bars[at - 1]!.width);
    expect(bars.at(-1)!.x + bars.at(-1)!.width).toBeLessThanOrEqual(WIDTH);
  });

  it('are joined by an arrow above both when something moved', () => {
    const [from, to] = barsOf([750, 1250], [1000, 1000]);
    const [startX, startY, , top, , , endX, endY] = curveBetween(from!, to!).split(/[MC ]/).filter(Boolean).map(Number);
    expect(startX).toBeCloseTo(from!.x + from!.width / 2, 1);
    expect(endX).toBeCloseTo(to!.x + to!.width / 2, 1);
    expect(top).toBeLessThan(Math.min(startY!, endY!));
    expect(startY).toBeLessThanOrEqual(from!.wasY!);
  });
});
