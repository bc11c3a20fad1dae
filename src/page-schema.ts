import { z } from 'astro/zod';
import { NEEDED_VERSION } from './engine-version.ts';

const NEEDS = 'the oldest CockroachDB that the steps run on, as in `v23.2`';
const NAME = 'lower-case letters, digits and hyphens, as in `pony`';
const SENTENCE = 'some text, in one line';

/** A key that holds a text. `error` completes "expected …" for an author who writes something else. */
const text = (error: string, pattern = /\S/) => z.string({ error }).regex(pattern, error);

/**
 * The schema of a page's frontmatter. Descriptions are for authors; an error's message says what was expected, as a
 * clause.
 */
export const pageSchema = z.strictObject({
  title: text(SENTENCE).describe('The page’s heading, and its title in the browser, in search and in the sidebar.'),
  summary: text(SENTENCE).describe('One sentence, shown below the title, in lists of pages and by search engines.'),
  toc: z.boolean({ error: '`true` or `false`' }).default(true).describe('Whether the page shows a table of contents.'),
  twitter: z
    .boolean({ error: '`true` or `false`' })
    .default(false)
    .describe('Whether the page has a “Share this page” link, and the tags that Twitter reads for a link’s preview.'),
  name: text(NAME, /^[a-z0-9-]+$/)
    .optional()
    .describe(
      'Short name of a page with steps, as in `npm run verify -- pony`. It is the page’s file name by default.',
    ),
  imports: z
    .array(z.string({ error: 'names of Python modules' }), { error: 'a list of Python modules, as in `[psycopg2]`' })
    .default([])
    .describe('Python modules that the page’s programs import. They are loaded in advance, so that runs start faster.'),
  needs: text(NEEDS, NEEDED_VERSION)
    .optional()
    .describe('The oldest CockroachDB that the page’s steps run on. On an older one, none of them run.'),
});

/** A page's frontmatter, with defaults filled in. */
export type Frontmatter = z.infer<typeof pageSchema>;
