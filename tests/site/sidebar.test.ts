import { describe, expect, test } from 'vitest';
import { NAVIGATION } from '../../src/navigation.ts';
import { groupId, isLarge, sidebarOf } from '../../src/sidebar.ts';

/** Groups with so many pages, named `a1`, `a2`, … and `b1`, `b2`, … */
const site = (...sizes: number[]) =>
  sizes.map((size, group) => {
    const letter = 'abcdefghij'[group]!;
    const items = Array.from({ length: size }, (_, at) => ({ page: `${letter}${at + 1}`, label: `Page ${at + 1}` }));
    return { title: letter.toUpperCase(), items };
  });
const shown = (...args: Parameters<typeof sidebarOf>): string[] =>
  sidebarOf(...args).map(({ title, items }) => `${title}: ${items.map(({ page }) => page).join(' ')}`);

describe('a small site', () => {
  test('shows all pages of all groups in every sidebar', () => {
    const groups = site(2, 3);
    expect(shown(groups, 'a1')).toEqual(['A: a1 a2', 'B: b1 b2 b3']);
    expect(shown(groups, 'nowhere')).toEqual(['A: a1 a2', 'B: b1 b2 b3']);
    expect(sidebarOf(NAVIGATION, 'index').map(({ items }) => items)).toEqual(NAVIGATION.map(({ items }) => items));
  });

  test('is large from the 101st page on', () => {
    expect(isLarge(site(50, 50))).toBe(false);
    expect(isLarge(site(50, 51))).toBe(true);
  });
});

describe('a large site', () => {
  test('shows only the current group, in the place that it has among the others', () => {
    expect(shown(site(100, 3, 100), 'b2')).toEqual(['A: ', 'B: b1 b2 b3', 'C: ']);
    expect(shown(site(100, 3), 'nowhere')).toEqual(['A: ', 'B: ']);
  });

  test('shows of a long group the pages around the current one, and counts the others', () => {
    const [group] = sidebarOf(site(1000), 'a500');
    expect(group?.items).toHaveLength(61);
    expect([group?.items[0]?.page, group?.items.at(-1)?.page]).toEqual(['a470', 'a530']);
    expect(group).toMatchObject({ before: 469, after: 470, total: 1000 });
    expect(sidebarOf(site(1000), 'a1')[0]).toMatchObject({ before: 0, after: 969 });
    expect(sidebarOf(site(1000), 'a1000')[0]).toMatchObject({ before: 969, after: 0 });
  });

  test('has sidebars of at most a hundred pages, however its pages are grouped', () => {
    const groups = site(100, 1000, 7, 500);
    for (const { items } of groups)
      for (const { page } of items) {
        const listed = sidebarOf(groups, page).flatMap((group) => group.items);
        expect(listed.length).toBeLessThanOrEqual(100);
        expect(listed.map((item) => item.page)).toContain(page);
      }
  });

  test('lists each group under an id of its own', () => {
    expect([groupId(0), groupId(11)]).toEqual(['group-1', 'group-12']);
  });
});
