import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { pageSchema } from './page-schema.ts';

/** All pages: an address is the file's name, so that links of old stay good. */
export const collections = {
  pages: defineCollection({
    loader: glob({
      base: './content',
      pattern: ['tutorials/*.mdx', 'pages/*.mdx'],
      generateId: ({ entry }) => entry.replace(/^.*\/|\.mdx$/g, ''),
    }),
    schema: pageSchema,
  }),
};
