import type { ITheme } from '@xterm/xterm';

/** The sixteen ANSI colours, for the light and the dark theme. Each is readable on that theme's background. */
const ANSI = {
  light: [
    '#1d2430',
    '#a8211c',
    '#216e3a',
    '#7a5200',
    '#1f56a8',
    '#8a2f86',
    '#0b6473',
    '#5d6672',
    '#545e6c',
    '#c22f28',
    '#1d7a40',
    '#855b00',
    '#2a66c4',
    '#9c3c97',
    '#08707f',
    '#3c4450',
  ],
  dark: [
    '#46515d',
    '#ff9d94',
    '#7fd69a',
    '#f2bd68',
    '#8fbcff',
    '#e3a1e0',
    '#6fd3e2',
    '#c6ced7',
    '#8d98a5',
    '#ffb4ad',
    '#9be3b1',
    '#f7cf8f',
    '#aecdff',
    '#edbbea',
    '#97e2ed',
    '#f3f6f9',
  ],
} as const;
const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const bright = (name: string): string => `bright${name[0]!.toUpperCase()}${name.slice(1)}`;

/** Returns the page's current colours as a theme for a terminal in `element`. */
export function coloursOf(element: HTMLElement): ITheme {
  const { backgroundColor, color, accentColor, caretColor } = getComputedStyle(element);
  const isDark = brightness(backgroundColor) < 0.5;
  const names = [...NAMES, ...NAMES.map(bright)];
  const ansi: ITheme = Object.fromEntries(
    ANSI[isDark ? 'dark' : 'light'].map((hex, index) => [names[index] ?? '', hex] as const),
  );
  const selection = isDark ? '#2f4d57' : '#c5e3da';
  return {
    ...ansi,
    background: toHex(backgroundColor),
    foreground: toHex(color),
    cursor: toHex(caretColor),
    cursorAccent: toHex(backgroundColor),
    selectionBackground: selection,
    selectionInactiveBackground: selection,
    // A program's own text colour might not be readable on the selection.
    selectionForeground: toHex(color),
    scrollbarSliderBackground: `${toHex(accentColor)}80`,
    scrollbarSliderHoverBackground: `${toHex(accentColor)}b0`,
    scrollbarSliderActiveBackground: `${toHex(accentColor)}d0`,
  };
}

/** Returns the perceived brightness of a CSS colour, from 0 to 1. */
function brightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

const channelsOf = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

const toHex = (color: string): string =>
  `#${channelsOf(color)
    .map((channel) => Math.round(channel).toString(16).padStart(2, '0'))
    .join('')}`;
