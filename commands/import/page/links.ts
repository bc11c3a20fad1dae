import type { Link, Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { HeadingIds } from '../../../src/compiler/heading-id.ts';

/** What decides where a link leads. */
export interface LinkInput {
  /** The version of the imported page, such as `v23.1`. */
  version: string;
  /** The names of the pages that are here, or will be. */
  pages: ReadonlySet<string>;
  /** Called with what was changed beyond the address, as a clause. */
  note: (note: string) => void;
}

const DOCS = 'https://www.cockroachlabs.com/docs';

/**
 * Changes the links of a page: those to pages that are here stay on this site, the others lead to CockroachDB's docs. A
 * link to a heading that the page does not have becomes text.
 */
export function changeLinks(tree: Root, input: LinkInput): void {
  const ids = new Set(headingsOf(tree));
  const walk = (node: Nodes): void => {
    if (!('children' in node)) return;
    node.children = node.children.flatMap((child): Nodes[] => {
      walk(child);
      return child.type === 'link' ? changed(child, ids, input) : [child];
    }) as never;
  };
  walk(tree);
}

function changed(link: Link, ids: ReadonlySet<string>, input: LinkInput): Nodes[] {
  if (toString(link).trim() === '') return link.children;
  const url = link.url.trim();
  if (/^(?:https?|mailto):/.test(url)) return [{ ...link, url }];
  if (url.startsWith('#')) {
    const id = url.slice(1);
    if (ids.has(id)) return [link];
    input.note(`the link to \`${url}\` became text, because the page has no such heading`);
    return link.children;
  }
  const [, path = '', hash = ''] = /^([^#?]*)(?:\?[^#]*)?(#.*)?$/.exec(url) ?? [];
  const page = path
    .split('/')
    .at(-1)!
    .replace(/\.(?:html|md)$/, '');
  if (input.pages.has(page) && !/^\/docs\/(?:images|cockroachcloud|releases)\//.test(path)) {
    // Whether that page has the heading is not known here.
    if (hash !== '') input.note(`the link to \`${page}.html${hash}\` leads to the page's beginning`);
    return [{ ...link, url: page === 'index' ? '/' : `${page}.html` }];
  }
  if (path === '') return link.children;
  return [{ ...link, url: `${DOCS}/${external(path, input.version)}${hash}` }];
}

/** Returns a page's path in CockroachDB's docs. */
function external(path: string, version: string): string {
  const absolute = /^\/?docs\/(.*)$/.exec(path)?.[1] ?? (path.startsWith('/') ? path.slice(1) : undefined);
  const full = absolute ?? new URL(path, `https://docs.invalid/${version}/`).pathname.slice(1);
  return full.replace(/\.(?:html|md)$/, '');
}

function headingsOf(node: Nodes, ids = new HeadingIds()): string[] {
  if (node.type === 'heading') return [ids.take(toString(node))];
  return 'children' in node ? node.children.flatMap((child) => headingsOf(child, ids)) : [];
}
