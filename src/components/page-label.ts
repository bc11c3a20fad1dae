import { getEntry } from 'astro:content';
import type { NavigationItem } from '../navigation-schema.ts';

/** Returns what lists of pages call a page: its label in the navigation, or else its title. */
export async function labelOf({ page, label }: NavigationItem): Promise<string> {
  return label ?? (await getEntry('pages', page))?.data.title ?? page;
}
