import { describe, expect, test } from 'vitest';
import type { Mode } from '../../../shared/protocol.ts';
import { listedEntries, type ContentsEntry } from '../../../src/compiler/contents-entry.ts';

const entries = (count: number, depth: number, mode: Mode | null = null): ContentsEntry[] =>
  Array.from({ length: count }, (_, index) => ({ depth, id: `${depth}-${index}`, text: 'x', mode }));
const depths = (all: ContentsEntry[]): number[] => [...new Set(listedEntries(all).map(({ depth }) => depth))];

describe('the table of contents', () => {
  test('has three levels of headings on a page with few, and never more', () => {
    expect(depths([...entries(10, 2), ...entries(10, 3), ...entries(10, 4), ...entries(1, 5)])).toEqual([2, 3, 4]);
  });

  test('has two where three would be a long list in one of the modes', () => {
    expect(depths([...entries(10, 2), ...entries(10, 3), ...entries(11, 4)])).toEqual([2, 3]);
    expect(depths([...entries(20, 2), ...entries(6, 4, 'secure'), ...entries(6, 4, 'insecure')])).toEqual([2, 4]);
    expect(depths([...entries(20, 2), ...entries(6, 4, 'secure'), ...entries(11, 4, 'insecure')])).toEqual([2]);
  });
});
