import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { pageSchema } from './page-schema.ts';

/** All pages. A page's id, and so its address, is its file name: old links keep working. */
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
