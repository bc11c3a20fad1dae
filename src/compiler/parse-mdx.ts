import { mdxToHast } from 'satteri';
import { refusalOf } from './mdx-refusal.ts';
import type { Mistake } from './mistake.ts';
import { copyTree, type TreeNode } from './tree.ts';

/**
 * The Markdown features of pages and partials. Quotes and dashes stay as they are written, because prose names flags
 * such as `--execute`.
 */
const FEATURES = { gfm: true, smartPunctuation: false } as const;

/** More refusals in one file are not looked for. */
const MAX_REFUSALS = 20;

/**
 * Returns the parsed text of a page or partial, without line ends of Windows. Reports what the parser refuses. It stops
 * at the first refusal, so characters that break only themselves are taken out, and the rest is parsed again. Returns
 * undefined when the text as a whole cannot be understood.
 */
export function parseMdx(source: string, file: string, report: (mistake: Mistake) => void): TreeNode[] | undefined {
  let text = source.replaceAll('\r\n', '\n');
  for (let refusals = 0; refusals < MAX_REFUSALS; refusals++) {
    try {
      return copyTree(mdxToHast(text, { features: FEATURES })).children ?? [];
    } catch (error) {
      const { mistake, offset } = refusalOf(error, text, file);
      report(mistake);
      if (offset === undefined) return undefined;
      text = `${text.slice(0, offset)} ${text.slice(offset + 1)}`;
    }
  }
  return undefined;
}
