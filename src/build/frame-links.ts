import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { htmlToHast } from 'satteri';
import type { TreeNode } from '../compiler/tree.ts';

/** Built pages that have all links of the layout: in the header, the sidebar, the foot, and on the home page.*/
const SHOWN_ON = ['index.html', '404.html'];

/**
 * Fails the build on a dead link of the layout, which all pages share. The links of pages themselves have been checked
 * before, in their sources (`src/compiler/dead-links.ts`).
 */
export function frameLinks(): AstroIntegration {
  return {
    name: 'frame-links',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const dead = SHOWN_ON.flatMap((page) => deadLinks(fileURLToPath(dir), page));
        if (dead.length > 0) throw new Error(`The layout has dead links:\n${dead.join('\n')}`);
      },
    },
  };
}

/** Returns a sentence for each dead link in a page of the built site, whose files are in `root`. */
export function deadLinks(root: string, page: string): string[] {
  const { ids, links } = anchorsOf(readFileSync(join(root, page), 'utf8'));
  return [...new Set(links)].flatMap((link) => {
    const { host, pathname, hash } = new URL(link, `http://site/${page}`);
    if (host !== 'site') return [];
    const file = pathname.endsWith('/') ? `${pathname}index.html` : decodeURIComponent(pathname);
    if (!existsSync(join(root, file))) return [`/${page} links to ${link}: there is no such page or file.`];
    const isDead = file === `/${page}` && hash !== '' && !ids.has(decodeURIComponent(hash.slice(1)));
    return isDead ? [`/${page} links to ${link}: it has no such id.`] : [];
  });
}

function anchorsOf(html: string): { ids: Set<string>; links: string[] } {
  const found = { ids: new Set<string>(), links: [] as string[] };
  const walk = ({ properties, children }: TreeNode): void => {
    const { id, href, src } = properties ?? {};
    if (typeof id === 'string') found.ids.add(id);
    for (const link of [href, src]) if (typeof link === 'string') found.links.push(link);
    children?.forEach(walk);
  };
  walk(htmlToHast(html));
  return found;
}
