import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mdxToHast } from 'satteri';
import type { SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { copyTree, type TreeNode } from './tree.ts';

/**
 * The Markdown features of pages and partials. Quotes and dashes stay as they are written, because prose names flags
 * such as `--execute`.
 */
export const FEATURES = { gfm: true, smartPunctuation: false } as const;

/** A parsed partial, and its path relative to the content folder. */
export interface Partial {
  path: string;
  children: TreeNode[];
}

/** Loads the text of `<Partial file/>`. Returns undefined after reporting the mistake when it cannot. */
export function loadPartial(
  content: string,
  file: string,
  place: SourcePlace,
  report: (mistake: Mistake) => void,
): Partial | undefined {
  const path = `partials/${file}`;
  const absolute = join(content, path);
  if (!existsSync(absolute)) {
    const all = readdirSync(join(content, 'partials'), { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('.mdx'),
    );
    report(unknownWord(place, 'the partial', file, all.sort()));
    return undefined;
  }
  try {
    const tree = mdxToHast(readFileSync(absolute, 'utf8').replaceAll('\r\n', '\n'), { features: FEATURES });
    return { path, children: copyTree(tree).children ?? [] };
  } catch (error) {
    report(invalidMdx(error, `content/${path}`));
    return undefined;
  }
}

/** Returns the mistake of a file that the MDX parser refused with this error. */
export function invalidMdx(error: unknown, file: string): Mistake {
  const [, line, message] = /^(?:(\d+):\d+:\s*)?(.*)/.exec(error instanceof Error ? error.message : String(error))!;
  return {
    file,
    line: Number(line ?? 1),
    found: `text that is not valid MDX (${message})`,
    expected: 'valid MDX',
  };
}
