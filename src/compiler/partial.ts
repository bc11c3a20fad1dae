import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { parseMdx } from './parse-mdx.ts';
import type { TreeNode } from './tree.ts';

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
  if (posix.normalize(path) !== path || !statSync(absolute, { throwIfNoEntry: false })?.isFile()) {
    const all = readdirSync(join(content, 'partials'), { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('.mdx'),
    );
    report(unknownWord(place, 'the partial', file, all.sort()));
    return undefined;
  }
  const children = parseMdx(readFileSync(absolute, 'utf8'), `content/${path}`, report);
  return children && { path, children };
}
