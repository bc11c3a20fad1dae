import { describe, expect, it } from 'vitest';
import { heightByKey, heightIn, maxIn } from '../../../src/terminal/drawer-height.ts';

describe('the height of the drawer', () => {
  it.each([
    [900, 250],
    [640, 250],
    [360, 180],
    [180, 90],
  ])('in a window of %i, at first: small, and never over half of it', (windowPx, heightPx) => {
    expect(heightIn(windowPx, undefined)).toBe(heightPx);
  });

  it('is what the reader chose, as far as the window allows', () => {
    expect(heightIn(900, 600)).toBe(600);
    expect(heightIn(500, 600)).toBe(maxIn(500));
    expect(heightIn(900, 5)).toBe(90);
    // 1280 by 720 at a zoom of 400 %.
    expect(heightIn(80, 600)).toBeLessThanOrEqual(80);
  });

  it('can be changed with the keys of a separator', () => {
    expect(heightByKey('ArrowUp', 250, 900)).toBe(266);
    expect(heightByKey('PageDown', 250, 900)).toBe(154);
    expect(heightByKey('End', 250, 900)).toBe(maxIn(900));
    expect(heightByKey('Home', 250, 900)).toBe(90);
    expect(heightByKey('a', 250, 900)).toBeUndefined();
  });
});
