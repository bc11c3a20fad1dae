import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { preOf, promptedPre } from '../../../src/compiler/code-lines.ts';
import { FENCE_LANGUAGES } from '../../../src/compiler/fence-languages.ts';
import { highlight, PIECES } from '../../../src/compiler/highlight.ts';
import { textContent, type TreeNode } from '../../../src/compiler/tree.ts';
import { all } from './build-page.ts';

const style = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../../src/styles', name), 'utf8');
const nodesOf = (node: TreeNode): TreeNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)];

/** Returns the contrast of two colours, as defined by WCAG. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map((color) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Returns the colours of a kind of code in the light and the dark theme. */
function colorsOf(piece: string): [light: string, dark: string] {
  const [, light = '', dark = ''] =
    new RegExp(`--code-${piece}: light-dark\\((#\\w{6}), (#\\w{6})\\);`).exec(style('code.css')) ?? [];
  return [light, dark];
}

/** Returns a colour's hue in degrees: red is 0, yellow is 60. */
function hue(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const degrees = (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI;
  return (degrees + 360) % 360;
}

describe('highlighted code', () => {
  test('marks its pieces by classes, and says nothing about how they look', () => {
    const pre = preOf(highlight('import os  # the system\n\ndef go():\n    return "x"', 'python'));
    expect(all([pre], 'span').map((span) => [textContent(span), span.properties])).toEqual([
      ['import', { className: ['code-keyword'] }],
      ['# the system', { className: ['code-comment'] }],
      ['def', { className: ['code-keyword'] }],
      ['go', { className: ['code-function'] }],
      ['return', { className: ['code-keyword'] }],
      ['"x"', { className: ['code-string'] }],
    ]);
    expect(nodesOf(pre).filter((node) => node.properties && 'style' in node.properties)).toEqual([]);
  });

  test('is the same however often it is asked for, and for each language its own', () => {
    const [python, again, shell] = ['python', 'python', 'shell'].map((language) =>
      highlight('import x  # y', language),
    );
    expect(again).toEqual(python);
    expect(shell).not.toEqual(python);
  });

  test.each(FENCE_LANGUAGES.map(({ name: language }) => ({ language })))(
    'contains every character of the code, in order: $language',
    ({ language }) => {
      const code = 'SELECT "a" <b id="x">\t{1: [true]} -- $ é\n\n  # \\n \'"\n<b id=x>&amp;</b>';
      expect(textContent(preOf(highlight(code, language)))).toBe(code);
    },
  );

  test('shows a prompt where a command begins, only visually', () => {
    const pre = preOf(highlight('ls \\\n  -l\npwd', 'shell'), [true, false, true], '$');
    expect(textContent(pre)).toBe('$ ls \\\n  -l\n$ pwd');
    expect(all([pre], '.prompt').map((prompt) => prompt.properties?.['aria-hidden'])).toEqual(['true', 'true']);
  });

  test.each(Object.values(PIECES).filter((piece) => piece !== undefined))(
    'has a readable colour for each %s in light and dark',
    (piece) => {
      const [, lightGround = '', darkGround = ''] =
        /--code: light-dark\((#\w{6}), (#\w{6})\)/.exec(style('tokens.css')) ?? [];
      const [light, dark] = colorsOf(piece);
      expect(contrast(light, lightGround)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, darkGround)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(Object.values(PIECES).filter((piece) => piece !== undefined && piece !== 'mistake'))(
    'reserves red for errors and warm colours for money: %s',
    (piece) => {
      const isCool = (color: string): boolean => hue(color) > 65 && hue(color) < 320;
      expect(colorsOf(piece!).filter((color) => !isCool(color))).toEqual([]);
    },
  );
});

test('the same code with prompts looks the same each time', () => {
  const draw = (): string =>
    textContent(promptedPre(highlight, { text: 'ls a\nls b', marks: [true, true] }, 'shell', '$'));
  const first = draw();
  expect(first).toContain('ls b');
  expect(draw()).toBe(first);
});
