import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mdxToHast } from 'satteri';
import type { SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { copyTree, type TreeNode } from './tree.ts';

/** Markdown features of pages and partials alike. Quotes and dashes stay as written: prose names flags. */
export const FEATURES = { gfm: true, smartPunctuation: false } as const;

/** A partial: the tree of its text, and its path from the content folder. */
export interface Partial {
  path: string;
  children: TreeNode[];
}

/** Loads the text behind `<Partial file/>`. Returns undefined when it cannot, which is told to `tell`. */
export function loadPartial(
  content: string,
  file: string,
  place: SourcePlace,
  tell: (mistake: Mistake) => void,
): Partial | undefined {
  const path = `partials/${file}`;
  const absolute = join(content, path);
  if (!existsSync(absolute)) {
    const all = readdirSync(join(content, 'partials'), { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('.mdx'),
    );
    tell(unknownWord(place, 'the partial', file, all.sort()));
    return undefined;
  }
  try {
    const tree = mdxToHast(readFileSync(absolute, 'utf8'), { features: FEATURES });
    return { path, children: copyTree(tree).children ?? [] };
  } catch (error) {
    const [, line, message] = /^(?:(\d+):\d+:\s*)?(.*)/.exec(error instanceof Error ? error.message : String(error))!;
    tell({
      file: `content/${path}`,
      line: Number(line ?? 1),
      found: `text that is no MDX (${message})`,
      expected: 'MDX that can be parsed',
    });
    return undefined;
  }
}
