import { navigationSchema } from '../../navigation-schema.ts';
import { pageSchema, type Frontmatter } from '../../page-schema.ts';
import { code } from './passages.ts';

/** An example of each key of the frontmatter, as it is written. */
export const FRONTMATTER_EXAMPLES: Record<keyof Frontmatter, string> = {
  title: 'title: Transactions and retries',
  summary: 'summary: Make two sessions collide.',
  toc: 'toc: false',
  twitter: 'twitter: true',
  name: 'name: pony',
  imports: 'imports: [pony.orm, psycopg2]',
  needs: 'needs: v23.2',
};

/** An example of each key of `content/navigation.json`, as it is written. */
export const NAVIGATION_EXAMPLES: Record<string, string> = {
  start: '"start": "my-books"',
  groups: '"groups": []',
  title: '"title": "Reference"',
  language: '"language": "Python"',
  pages: '"pages": [{ "page": "my-books" }]',
  page: '"page": "my-books"',
  label: '"label": "Books"',
  about: '"about": "Keep a list of books"',
};

interface Described {
  description?: string | undefined;
}

/** Returns the keys of a page's frontmatter. */
export function frontmatterText(): string {
  return keyLines(pageSchema.shape, FRONTMATTER_EXAMPLES);
}

/** Returns the keys of the navigation's file, from the outermost to those of a page. */
export function navigationText(): string {
  const group = navigationSchema.shape.groups.element;
  const page = group.shape.pages.element;
  return keyLines({ ...navigationSchema.shape, ...group.shape, ...page.shape }, NAVIGATION_EXAMPLES);
}

function keyLines(keys: Record<string, Described>, examples: Record<string, string>): string {
  const lines = Object.entries(keys).map(([key, { description }]) => {
    const [about, example] = [description, examples[key]];
    if (about === undefined || example === undefined) throw new Error(`the key ${key} has no description or example`);
    return `- ${code(key)}: ${about} For example ${code(example)}.\n`;
  });
  return lines.join('');
}
