import { describe, expect, test } from 'vitest';
import { nextTheme, readTheme, themeWords, type Theme } from '../../../src/page/theme-choice.ts';

describe('the theme', () => {
  test.each([
    [false, ['system', 'dark', 'light', 'system']],
    [true, ['system', 'light', 'dark', 'system']],
  ] as const)(
    'goes through all three states, and the first press is seen (a dark system: %s)',
    (isSystemDark, states) => {
      const seen: Theme[] = ['system'];
      while (seen.length < states.length) seen.push(nextTheme(seen.at(-1)!, isSystemDark));
      expect(seen).toEqual(states);
    },
  );

  test('follows the system when nothing known is remembered', () => {
    expect([null, undefined, 'system', 'sepia', 'dark', 'light'].map(readTheme)).toEqual([
      'system',
      'system',
      'system',
      'system',
      'dark',
      'light',
    ]);
  });

  test('says which one is chosen and what a press does', () => {
    expect(themeWords('system', true)).toEqual({ name: 'Theme: as the system', hint: 'Press for light' });
    expect(themeWords('dark', true)).toEqual({ name: 'Theme: dark', hint: 'Press to follow the system' });
  });
});
