/** The reader's choice: a theme, or to follow the system. */
export type Theme = 'light' | 'dark' | 'system';

const NAMES: Record<Theme, string> = { light: 'light', dark: 'dark', system: 'as the system' };
const HINTS: Record<Theme, string> = {
  light: 'Press for light',
  dark: 'Press for dark',
  system: 'Press to follow the system',
};

/** Returns the stored choice; anything else means to follow the system. */
export function readTheme(remembered: string | null | undefined): Theme {
  return remembered === 'light' || remembered === 'dark' ? remembered : 'system';
}

/**
 * Returns the theme that the next press chooses. From the system's theme first the other one, so that the press has a
 * visible effect, and then the system's current theme as a fixed choice.
 */
export function nextTheme(theme: Theme, isSystemDark: boolean): Theme {
  const [same, other] = isSystemDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  if (theme === 'system') return other;
  return theme === other ? same : 'system';
}

/** Returns the switch's name with its state, and what the next press does. */
export function themeWords(theme: Theme, isSystemDark: boolean): { name: string; hint: string } {
  return { name: `Theme: ${NAMES[theme]}`, hint: HINTS[nextTheme(theme, isSystemDark)] };
}
