import type { SourcePlace } from '../../shared/step.ts';
import { isComponent, stringAttributes, type TreeNode } from './tree.ts';

/** A link or an image on a page, with the place where an author wrote it. */
export interface PageLink {
  /** As it is written: `/transactions.html#retries`, `#top` or `https://example.org/`. */
  href: string;
  source: SourcePlace;
}

/** Collects what links can point to on a page, and the links on it, while the page's tree is walked. */
export class PageLinks {
  readonly ids = new Set<string>();
  readonly links: PageLink[] = [];

  /** Adds the id and the links of one element, whether it is Markdown or JSX. */
  add(node: TreeNode, source: SourcePlace): void {
    const written = isComponent(node) ? Object.fromEntries(stringAttributes(node)) : (node.properties ?? {});
    if (typeof written['id'] === 'string') this.ids.add(written['id']);
    for (const href of [written['href'], written['src']])
      if (typeof href === 'string') this.links.push({ href, source });
  }
}
