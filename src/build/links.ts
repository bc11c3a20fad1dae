import { htmlToHast } from 'satteri';
import { nearest } from '../../shared/command-line/nearest.mjs';
import type { TreeNode } from '../compiler/tree.ts';

/** The ids that links can point to on a page, and the links on it. */
interface Anchors {
  ids: Set<string>;
  links: string[];
}

function anchorsOf(html: string): Anchors {
  const found: Anchors = { ids: new Set(), links: [] };
  const walk = (node: TreeNode): void => {
    const { id, href, src } = node.properties ?? {};
    if (typeof id === 'string') found.ids.add(id);
    for (const link of [href, src]) if (typeof link === 'string') found.links.push(link);
    node.children?.forEach(walk);
  };
  walk(htmlToHast(html));
  return found;
}

/**
 * Returns a sentence for every dead link within the site. `pages` maps each path (`/x.html`) to its HTML; `files` holds
 * all other paths that exist. Links to other sites are not checked.
 */
export function findDeadLinks(pages: ReadonlyMap<string, string>, files: ReadonlySet<string>): string[] {
  const anchors = new Map([...pages].map(([path, html]) => [path, anchorsOf(html)]));
  const dead: string[] = [];
  for (const [path, { links }] of anchors) {
    for (const link of links) {
      const target = new URL(link, `http://site${path}`);
      if (target.host !== 'site') continue;
      const at = decodeURIComponent(target.pathname);
      const page = [at, `${at}.html`, `${at}index.html`].find((each) => anchors.has(each));
      const id = decodeURIComponent(target.hash.slice(1));
      if (page === undefined) {
        if (!files.has(at))
          dead.push(
            `${path} links to ${link}: there is no such page or file.${hint(at, [...anchors.keys(), ...files])}`,
          );
      } else if (id !== '' && !anchors.get(page)!.ids.has(id))
        dead.push(`${path} links to ${link}: ${page} has no such id.${hint(id, anchors.get(page)!.ids)}`);
    }
  }
  return [...new Set(dead)];
}

function hint(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
}
