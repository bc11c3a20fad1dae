import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';

const page = z.strictObject({
  title: z.string(),
  /** One sentence: for search engines, lists of pages, and below the title. */
  summary: z.string(),
  /** Whether the page shows its contents beside it. */
  toc: z.boolean().default(true),
  /** Whether the page offers to be shared, and carries what a shared link shows. */
  twitter: z.boolean().default(false),
  /** Short name of a page whose steps run, as in `npm run verify -- pony`; the page's file name when absent. */
  name: z.string().regex(/^[a-z0-9-]+$/).optional(),
  /** Python modules that the page's programs import; the sandbox loads them ahead of a run. */
  imports: z.array(z.string()).default([]),
});

/** All pages: an address is the file's name, so that links of old stay good. */
export const collections = {
  pages: defineCollection({
    loader: glob({ base: './content', pattern: ['tutorials/*.mdx', 'pages/*.mdx'], generateId: ({ entry }) => entry.replace(/^.*\/|\.mdx$/g, '') }),
    schema: page,
  }),
};
