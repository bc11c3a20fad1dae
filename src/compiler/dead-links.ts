import type { Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import type { SourcePage } from './source-page.ts';

/** The ids that the layout gives to parts of every page. */
const LAYOUT = ['main', 'sidebar'];

/**
 * Returns a mistake for each link within the site that leads nowhere. `isFile` tells whether a path such as
 * `/favicon.svg` exists that is no page. Links to other sites are not checked.
 */
export function linkMistakes(
  pages: readonly Pick<SourcePage, 'id' | 'ids' | 'links' | 'mistakes'>[],
  isFile: (path: string) => boolean,
): Mistake[] {
  const byPath = new Map(pages.flatMap((page) => pathsOf(page.id).map((path) => [path, page])));
  return pages.flatMap((page) =>
    page.links.flatMap(({ href, source }): Mistake[] => {
      const found = `a link to \`${href}\``;
      const base = new URL(pathsOf(page.id)[0]!, 'http://site');
      if (!URL.canParse(href, base)) return [{ ...source, found, expected: 'a valid address' }];
      const target = new URL(href, base);
      if (target.host !== base.host || target.protocol !== base.protocol) return [];
      const path = decoded(target.pathname);
      const to = byPath.get(path);
      if (!to)
        return isFile(path)
          ? []
          : [{ ...source, found, expected: 'a page or a file of the site', meant: nearest(path, byPath.keys()) }];
      const id = decoded(target.hash.slice(1));
      // A page with mistakes may lack ids only because of them.
      if (id === '' || to.ids.has(id) || LAYOUT.includes(id) || to.mistakes.length > 0) return [];
      const expected = `a heading or another id of ${pathsOf(to.id)[0]!}`;
      return [{ ...source, found, expected, meant: nearest(id, to.ids) }];
    }),
  );
}

/** Returns the paths of a page, its own address first. */
function pathsOf(id: string): string[] {
  return id === 'index' ? ['/', '/index.html', '/index'] : [`/${id}.html`, `/${id}`];
}

/** Decodes an address; one that cannot be decoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
