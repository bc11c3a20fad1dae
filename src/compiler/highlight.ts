import { createHighlighter, type BundledLanguage } from 'shiki';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { CodeLine } from './code-lines.ts';
import { FENCE_LANGUAGES } from './fence-languages.ts';
import { h, type TreeNode } from './tree.ts';

const THEME = 'github-light-high-contrast';
/**
 * Maps each colour of the theme to the kind of code that has it. Pages carry the kind as a class (`code-keyword`), and
 * `styles/code.css` sets the colours for light and dark, because the Content-Security-Policy forbids `style`
 * attributes.
 */
export const PIECES: Readonly<Record<string, string | undefined>> = {
  '#0e1116': undefined,
  '#a0111f': 'keyword',
  '#032563': 'string',
  '#023b95': 'constant',
  '#702c00': 'name',
  '#622cbc': 'function',
  '#024c1a': 'tag',
  '#66707b': 'comment',
  '#6e011a': 'mistake',
};
const highlighter = await createHighlighter({
  themes: [THEME],
  // Colours code as the default engine does, in half of its time.
  engine: createJavaScriptRegexEngine(),
  // shiki highlights `text` as it is.
  langs: FENCE_LANGUAGES.map(({ name }) => name).filter((name) => name !== 'text'),
});

/** Codes that were coloured last, by language and text: pages share samples and partials. */
const lately = new Map<string, CodeLine[]>();
const MAX_LATELY = 200;

/** Returns the lines of a code in that language, coloured. */
export function highlight(code: string, language: string): CodeLine[] {
  const key = `${language} ${code}`;
  const known = lately.get(key);
  if (known) return known;
  // Without a time limit: on a busy machine, shiki would leave the rest of a line without colours.
  const options = { lang: language as BundledLanguage, theme: THEME, tokenizeTimeLimit: 0 };
  const { tokens } = highlighter.codeToTokens(code, options);
  const lines = tokens.map((line) =>
    line.map(({ content, color }) => (color === undefined ? content : pieceOf(content, color.toLowerCase()))),
  );
  for (const oldest of lately.keys()) if (lately.size >= MAX_LATELY) lately.delete(oldest);
  lately.set(key, lines);
  return lines;
}

function pieceOf(content: string, color: string): TreeNode | string {
  if (!(color in PIECES))
    throw new Error(
      `The theme colours “${content}” with ${color}, which has no name yet: ` +
        'name it in src/compiler/highlight.ts and style it in src/styles/code.css.',
    );
  const piece = PIECES[color];
  return piece === undefined ? content : h('span', { className: [`code-${piece}`] }, content);
}
