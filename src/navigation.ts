import file from '../content/navigation.json' with { type: 'json' };
import { navigationSchema, type NavigationItem } from './navigation-schema.ts';

/** A page and what it teaches, in a few words. */
export interface Lesson extends NavigationItem {
  about: string;
}

const { start, groups } = navigationSchema.parse(file);

/** The tutorial that newcomers should start with. */
export const START = start;

/** The sidebar's groups, in reading order. "Previous" and "Next" follow the same order. */
export const NAVIGATION: readonly { title: string; items: readonly NavigationItem[] }[] = groups.map(
  ({ title, pages }) => ({ title, items: pages }),
);

/**
 * The tabs above a tutorial: a row of languages, and a row with the drivers and ORMs of the current language. A
 * language's tab links to its first driver.
 */
export const TUTORIALS: readonly { language: string; drivers: readonly NavigationItem[] }[] = groups.flatMap(
  ({ language, pages }) => (language === undefined ? [] : [{ language, drivers: pages }]),
);

const lessons = groups.flatMap(({ pages }) => pages).filter((item): item is Lesson => item.about !== undefined);

/** The cards on the home page, with the tutorial to start with first. */
export const CARDS: readonly Lesson[] = [
  ...lessons.filter(({ page }) => page === START),
  ...lessons.filter(({ page }) => page !== START),
];

/** Returns a page's path on the site, such as `/transactions.html`. */
export function addressOf(page: string): string {
  return page === 'index' ? '/' : `/${page}.html`;
}
