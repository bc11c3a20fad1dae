import { createHighlighter } from 'shiki';
import { h, type TreeNode } from './tree.ts';

/** Languages that a fence may name; `text` is shown plain. */
export const LANGUAGES = ['shell', 'sql', 'python', 'html', 'json', 'text'] as const;

// github-light's keywords and github-dark's comments are below the 4.5:1 that WCAG AA asks for; these two are not.
const themes = { light: 'github-light-high-contrast', dark: 'github-dark-default' } as const;
const highlighter = await createHighlighter({ themes: Object.values(themes), langs: LANGUAGES.filter((language) => language !== 'text') });

/**
 * Highlights code as a `pre`; both themes' colours are CSS variables on each span, so that switching needs no script.
 * `marks` says before which lines a prompt is shown: it is for the eye only, neither selected nor read out.
 */
export function highlight(code: string, language: string, marks: readonly boolean[] = [], prompt = ''): TreeNode {
  const root = highlighter.codeToHast(code, { lang: language, themes, defaultColor: false }) as unknown as TreeNode;
  const codeNode = root.children![0]!.children![0]!;
  const lines = codeNode.children!.filter((child) => child.type === 'element');
  for (const [index, line] of lines.entries()) {
    if (marks[index]) line.children!.unshift(h('span', { className: ['prompt'], 'aria-hidden': 'true' }, `${prompt} `));
  }
  return h('pre', { tabindex: '0' }, codeNode);
}
