import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { hasKeys, type SourcePage } from './source-page.ts';

/** The folders of `content/` that have pages, and their effects next to them. */
export const PAGE_FOLDERS = ['pages', 'tutorials'];

const EFFECTS = '.effects.ts';
const HAS_DEFAULT = /^\s*export\s+(?:default\b|\{[^}]*\bas\s+default\b)/m;

/** A file in a folder of pages that is no page. */
interface Neighbour {
  /** Relative to the root: `content/tutorials/pony.effects.ts`. */
  file: string;
  /** Its name in the folder. */
  name: string;
  /** Undefined for a folder. */
  text: string | undefined;
}

/**
 * Returns the mistakes in the files that are next to pages: effects that belong to no page with steps, or export
 * nothing, and files that nothing uses, because their names are wrong.
 */
export function neighbourMistakes(content: string, pages: readonly SourcePage[]): Mistake[] {
  const neighbours = PAGE_FOLDERS.flatMap((folder) => neighboursIn(content, folder));
  // A page with mistakes may lack steps, or its name, only because of them.
  const running = new Map(pages.map(({ name, steps, mistakes }) => [name, steps.length > 0 || mistakes.length > 0]));
  const allNamed = pages.every(hasKeys) && running.size === pages.length;
  const first = new Map<string, string>();
  return neighbours.flatMap((neighbour) => {
    const place = { file: neighbour.file, line: 1 };
    if (!neighbour.name.endsWith(EFFECTS)) return unusedMistake(neighbour, neighbours, [...running.keys()]);
    const page = neighbour.name.slice(0, -EFFECTS.length);
    const before = first.get(page);
    first.set(page, before ?? neighbour.file);
    if (!running.has(page) && !allNamed) return [];
    if (!running.has(page))
      return {
        ...place,
        found: `the effects of \`${page}\`, which is no page’s name`,
        expected: 'the `name` of a page, or its file name if it has no `name`',
        meant: nearest(page, running.keys()),
      };
    if (!running.get(page))
      return { ...place, found: 'the effects of a page without steps', expected: 'a page with a `run` fence' };
    if (before !== undefined)
      return { ...place, found: `a second file of effects of \`${page}\`, after ${before}`, expected: 'only one' };
    if (!HAS_DEFAULT.test(neighbour.text ?? ''))
      return { ...place, found: 'effects without a default export', expected: '`export default`, and a function' };
    return [];
  });
}

/** Returns the mistake of a file that is neither effects nor named by another file there. */
function unusedMistake(
  { file, name, text }: Neighbour,
  all: readonly Neighbour[],
  pages: readonly string[],
): Mistake[] {
  const isUsed = (): boolean =>
    all.some((other) => other.file !== file && other.text?.includes(name.replace(/\.\w+$/, '')));
  if (text !== undefined && isUsed()) return [];
  const place = { file, line: 1 };
  if (text === undefined)
    return [{ ...place, found: 'a folder, in which no page is looked for', expected: 'pages in the folder above it' }];
  const found = 'a file that is neither a page nor effects, and that no effects use';
  const meant = /\.(md|markdown)$/.test(name)
    ? name.replace(/\.\w+$/, '.mdx')
    : nearest(
        name,
        pages.map((page) => `${page}${EFFECTS}`),
      );
  return [{ ...place, found, expected: '`NAME.mdx` or `NAME.effects.ts`', meant }];
}

function neighboursIn(content: string, folder: string): Neighbour[] {
  return (
    readdirSync(join(content, folder))
      // Hidden files and editors' copies are nobody's mistake.
      .filter((name) => !name.endsWith('.mdx') && !/^[.#]|~$/.test(name))
      .sort()
      .map((name) => {
        const path = join(content, folder, name);
        const isFile = statSync(path).isFile();
        return { file: `content/${folder}/${name}`, name, text: isFile ? readFileSync(path, 'utf8') : undefined };
      })
  );
}
