import { createHighlighter, type BundledLanguage } from 'shiki';
import { LANGUAGES } from '../../languages/all.ts';
import { counted } from '../sentences/counted.ts';
import type { Fold } from './sample-folds.ts';
import { h, type TreeNode } from './tree.ts';

/** The languages that a fence may name. `text` is not highlighted. */
export const FENCES: readonly string[] = [
  'shell',
  'sql',
  ...LANGUAGES.map(({ fence }) => fence),
  'html',
  'json',
  'text',
];

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
  langs: FENCES.filter((language) => language !== 'text'),
});

/**
 * Returns highlighted code as a `pre`. `marks` says for each line whether a prompt is shown before it; prompts cannot
 * be selected, and screen readers skip them.
 */
export function highlight(code: string, language: string, marks: readonly boolean[] = [], prompt = ''): TreeNode {
  return preOf(
    linesOf(code, language).map((line, index) =>
      marks[index] ? [h('span', { className: ['prompt'], 'aria-hidden': 'true' }, `${prompt} `), ...line] : line,
    ),
  );
}

/**
 * Returns highlighted code with folds: a `pre` for each visible part, and a `details` with a `pre` for each folded one.
 */
export function highlightFolded(code: string, language: string, folds: readonly Fold[]): TreeNode[] {
  const lines = linesOf(code, language);
  const nodes: TreeNode[] = [];
  let at = 0;
  for (const { from, to } of [...folds, { from: lines.length, to: lines.length }]) {
    if (from > at) nodes.push(preOf(lines.slice(at, from)));
    if (to > from)
      nodes.push(
        h(
          'details',
          { className: ['fold'] },
          h('summary', { 'data-pagefind-ignore': '' }, counted(to - from, 'more line')),
          preOf(lines.slice(from, to)),
        ),
      );
    at = to;
  }
  return nodes;
}

function linesOf(code: string, language: string): (TreeNode | string)[][] {
  const { tokens } = highlighter.codeToTokens(code, { lang: language as BundledLanguage, theme: THEME });
  return tokens.map((line) =>
    line.map(({ content, color }) => (color === undefined ? content : pieceOf(content, color.toLowerCase()))),
  );
}

function preOf(lines: readonly (TreeNode | string)[][]): TreeNode {
  return h(
    'pre',
    { tabindex: '0' },
    h('code', {}, ...joined(lines.flatMap((line, index) => (index > 0 ? ['\n', ...line] : line)))),
  );
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

/** Merges adjacent strings. */
function joined(pieces: (TreeNode | string)[]): (TreeNode | string)[] {
  const all: (TreeNode | string)[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}
