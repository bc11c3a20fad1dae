/** What a reader chooses: one of the two, or to follow the system. */
export type Theme = 'light' | 'dark' | 'system';

const NAMES: Record<Theme, string> = { light: 'light', dark: 'dark', system: 'as the system' };
const HINTS: Record<Theme, string> = {
  light: 'Press for light',
  dark: 'Press for dark',
  system: 'Press to follow the system',
};

/** What is remembered as a choice; anything else follows the system. */
export function readTheme(remembered: string | null | undefined): Theme {
  return remembered === 'light' || remembered === 'dark' ? remembered : 'system';
}

/**
 * The theme that the next press chooses. From the system's own first the other one, so that a press is seen; then the
 * system's as a fixed choice.
 */
export function nextTheme(theme: Theme, isSystemDark: boolean): Theme {
  const [same, other] = isSystemDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  if (theme === 'system') return other;
  return theme === other ? same : 'system';
}

/** What the switch is called, with its state; and what a press on it does. */
export function themeWords(theme: Theme, isSystemDark: boolean): { name: string; hint: string } {
  return { name: `Theme: ${NAMES[theme]}`, hint: HINTS[nextTheme(theme, isSystemDark)] };
}
