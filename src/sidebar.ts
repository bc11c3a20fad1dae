import type { NavigationItem } from './navigation-schema.ts';

/** A group of the navigation. */
interface Group {
  title: string;
  items: readonly NavigationItem[];
}

/** What a page's sidebar shows of a group: none of its pages when it is closed, and those near the page when open. */
export interface SidebarGroup extends Group {
  /** The number of pages in the group. */
  total: number;
  /** How many of its pages come before and after those that are shown; none of a closed group. */
  before: number;
  after: number;
}

/** The most pages that every page's sidebar lists whole: each page carries its sidebar. */
const MAX_LISTED = 100;
/** How many pages of a long group are listed before the current one, and after it. */
const AROUND = 30;
/** The page that lists all pages of a large site. */
export const ALL_PAGES = 'all-pages';

/** Returns whether there are so many pages that a sidebar lists only the current group. */
export function isLarge(groups: readonly Group[]): boolean {
  return groups.reduce((sum, { items }) => sum + items.length, 0) > MAX_LISTED;
}

/** Returns the sidebar of the page `current`, with all groups in their order. */
export function sidebarOf(groups: readonly Group[], current: string): SidebarGroup[] {
  const large = isLarge(groups);
  return groups.map(({ title, items }) => {
    const total = items.length;
    const at = items.findIndex(({ page }) => page === current);
    if (!large || (at !== -1 && total <= MAX_LISTED)) return { title, items, total, before: 0, after: 0 };
    if (at === -1) return { title, items: [], total, before: 0, after: 0 };
    const from = Math.max(0, at - AROUND);
    const to = Math.min(total, at + AROUND + 1);
    return { title, items: items.slice(from, to), total, before: from, after: total - to };
  });
}

/** Returns the id of a group on the page that lists all pages. `index` counts groups from 0. */
export function groupId(index: number): string {
  return `group-${index + 1}`;
}
