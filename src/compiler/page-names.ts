import type { Mistake } from './mistake.ts';
import { ALL_PAGES } from '../sidebar.ts';
import { keyPlace, type SourcePage } from './source-page.ts';

/** What the navigation can list, and what an address can be without escapes. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Addresses that the site itself uses. */
const TAKEN = ['404', ALL_PAGES];

/** Returns a mistake for each page whose address or name is that of an earlier page, or cannot be one. */
export function nameMistakes(pages: readonly SourcePage[]): Mistake[] {
  const byId = new Map<string, SourcePage>();
  const byName = new Map<string, SourcePage>();
  return pages.flatMap((page) => {
    const { file, id, name } = page;
    const [sameId, sameName] = [byId.get(id), byName.get(name)];
    byId.set(id, sameId ?? page);
    byName.set(name, sameName ?? page);
    if (!ID.test(id) || TAKEN.includes(id))
      return {
        file,
        line: 1,
        found: `a page that is called \`${id}.mdx\``,
        expected: TAKEN.includes(id)
          ? 'another file name, because the site has such a page itself'
          : 'a file name of small letters, digits and hyphens, because it is the page’s address',
      };
    if (sameId)
      return {
        file,
        line: 1,
        found: `a second page with the address \`/${id}.html\`, after ${sameId.file}`,
        expected: 'another file name',
      };
    if (sameName) {
      const other = keyPlace(sameName, 'name');
      return {
        ...keyPlace(page, 'name'),
        found: `the name \`${name}\`, which ${other.file}:${other.line} has, too`,
        expected: 'a name of its own (`name: …`), because it selects steps, recordings and effects',
      };
    }
    return [];
  });
}
