import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/runner/step/block.ts';
import { hash } from '../../../src/runner/step/plan.ts';
import { foundSentence } from '../../../src/sentences/share-sentences.ts';
import { sortOut, type Offers } from '../../../src/share/sort-out.ts';

const block = (id: string, edited?: string): Block =>
  ({ id, original: `author ${id}`, edited, text: edited ?? `author ${id}` }) as Block;
const sorted = (blocks: Block[], edits: Record<string, string>, originals: Record<string, string> = {}): Offers =>
  sortOut(
    {
      page: 'pony',
      edits: Object.entries(edits).map(([id, text]) => ({
        id,
        text,
        originalHash: hash(originals[id] ?? `author ${id}`),
      })),
    },
    'pony',
    blocks,
  );
const told = ({ offers, unknown }: Offers): unknown => [
  offers.map(({ block: { id }, text, isOutdated }) => [id, text, isOutdated]),
  unknown,
];

describe('what a link brings for a page', () => {
  it('is the code that is neither the author’s nor the reader’s own', () => {
    const blocks = [block('a'), block('b', 'mine'), block('c', 'mine'), block('d', 'mine')];
    expect(told(sorted(blocks, { a: 'theirs', b: 'mine', c: 'theirs', d: 'author d' }))).toEqual([
      [
        ['a', 'theirs', false],
        ['c', 'theirs', false],
      ],
      0,
    ]);
    expect(told(sorted(blocks, { a: 'author a' }))).toEqual([[], 0]);
  });

  it('marks a block that the author has changed since', () => {
    expect(told(sorted([block('a')], { a: 'theirs' }, { a: 'what the author wrote then' }))).toEqual([
      [['a', 'theirs', true]],
      0,
    ]);
  });

  it('leaves out blocks that the page no longer has, and says how many', () => {
    expect(told(sorted([block('a')], { a: 'theirs', gone: 'x', __proto__: 'x' }))).toEqual([
      [['a', 'theirs', false]],
      1,
    ]);
    expect(() => sorted([block('a')], { gone: 'x' })).toThrow(
      'The code in this link belongs to blocks that this page no longer has.',
    );
  });

  it('is nothing on another page', () => {
    expect(() =>
      sortOut({ page: 'peewee', edits: [{ id: 'a', text: 'x', originalHash: '' }] }, 'pony', [block('a')]),
    ).toThrow('The code in this link belongs to another page.');
  });

  it('is summarised in a few sentences', () => {
    expect(foundSentence(sorted([block('a')], { a: 'x' }))).toBe(
      'It is other code for 1 block of this page. None of it runs by itself.',
    );
    expect(foundSentence(sorted([block('a', 'mine'), block('b')], { a: 'x', b: 'y', c: 'z' }, { b: 'then' }))).toBe(
      'It is other code for 2 blocks of this page. None of it runs by itself. In 1 of them you ' +
        'have code of your own, which stays until you choose. Since the link was made the author has ' +
        'changed 1 of them. 1 block of the link is no longer on this page.',
    );
  });
});
