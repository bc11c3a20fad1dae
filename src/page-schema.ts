import { z } from 'astro/zod';
import { NEEDED_VERSION } from './engine-version.ts';

const NEEDS_EXPECTED = 'Expected the oldest CockroachDB version that the steps run on, as in `needs: v23.2`.';

/** The schema of a page's frontmatter. */
export const pageSchema = z.strictObject({
  title: z.string(),
  /** One sentence, shown below the title, in lists of pages and by search engines. */
  summary: z.string(),
  /** Whether the page shows a table of contents. */
  toc: z.boolean().default(true),
  /** Whether the page has a "Share this page" link and the tags that Twitter reads for a link's preview. */
  twitter: z.boolean().default(false),
  /** Short name of a page with runnable steps, as in `npm run verify -- pony`. Defaults to the page's file name. */
  name: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  /** Python modules that the page's programs import. The sandbox preloads them, so that runs start faster. */
  imports: z.array(z.string()).default([]),
  /** The oldest CockroachDB version that the page's steps run on. */
  needs: z.string({ error: NEEDS_EXPECTED }).regex(NEEDED_VERSION, NEEDS_EXPECTED).optional(),
});
