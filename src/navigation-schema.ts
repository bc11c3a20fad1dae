import { z } from 'zod';

const PAGE = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a file name without `.mdx`: small letters, digits and hyphens')
  .describe('The page: the name of its file in `content/tutorials/` or `content/pages/`, without `.mdx`.');

const WORDS = z.string().trim().min(1, 'a text that is not empty');

const navigationItem = z.strictObject({
  page: PAGE,
  label: WORDS.optional().describe('What lists of pages call it, where that is shorter than its title.'),
  about: WORDS.optional().describe('What it teaches, in a few words: the page then has a card on the home page.'),
});

const navigationGroup = z.strictObject({
  title: WORDS.describe('The heading of the group in the sidebar.'),
  language: WORDS.optional().describe(
    'A programming language: the pages are the tabs above its tutorials, one for each driver or ORM.',
  ),
  pages: z.array(navigationItem).min(1, 'one page or more').describe('The pages, in reading order.'),
});

/** The schema of `content/navigation.json`. */
export const navigationSchema = z.strictObject({
  start: PAGE.describe('The tutorial that newcomers should start with. It needs a card, so an `about`.'),
  groups: z.array(navigationGroup).describe('The groups of the sidebar, in reading order.'),
});

/** A page in the navigation: its address without `.html`, and a label if that is not its title. */
export type NavigationItem = z.infer<typeof navigationItem>;

/** What `content/navigation.json` says. */
export type NavigationFile = z.infer<typeof navigationSchema>;
