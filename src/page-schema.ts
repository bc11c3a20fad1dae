import { z } from 'astro/zod';
import { NEEDED_VERSION } from './engine-version.ts';

const NEEDS_EXPECTED = 'Expected the lowest CockroachDB version that will do, as in `needs: v23.2`.';

/** The frontmatter of a page. */
export const pageSchema = z.strictObject({
  title: z.string(),
  /** One sentence: for search engines, lists of pages, and below the title. */
  summary: z.string(),
  /** Whether the page shows its contents beside it. */
  toc: z.boolean().default(true),
  /** Whether the page offers to be shared, and carries what a shared link shows. */
  twitter: z.boolean().default(false),
  /** Short name of a page whose steps run, as in `npm run verify -- pony`; the page's file name when absent. */
  name: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  /** Python modules that the page's programs import; the sandbox loads them ahead of a run. */
  imports: z.array(z.string()).default([]),
  /** The lowest CockroachDB version that the page's steps run on. */
  needs: z.string({ error: NEEDS_EXPECTED }).regex(NEEDED_VERSION, NEEDS_EXPECTED).optional(),
});
