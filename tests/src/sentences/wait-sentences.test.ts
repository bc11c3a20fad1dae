import { expect, it } from 'vitest';
import { waitWords } from '../../../src/sentences/wait-sentences.ts';

const FULL = { reason: 'All clusters are in use.', seconds: 1 };

it.each([
  [{ place: 3, waitMs: 120_000 }, 'You are number 3 in the queue; about 2 minutes.'],
  [{ place: 1, waitMs: 61_000 }, 'You are next in the queue; about a minute.'],
  [{ place: 1, waitMs: 20_000 }, 'You are next in the queue; less than a minute.'],
  [{ place: 90, waitMs: 7_200_000 }, 'You are number 90 in the queue; an hour or more.'],
  [{ place: 2 }, 'You are number 2 in the queue.'],
])('a reader in the queue is told their place, and a time only if it is known: %o', (place, sentence) => {
  expect(waitWords({ ...FULL, ...place }).long).toBe(`All clusters are in use. ${sentence}`);
});

it('a new place is news, a new estimate is not', () => {
  const news = (place: number, waitMs?: number): string => waitWords({ ...FULL, place, waitMs }).news;
  expect(news(2, 60_000)).toBe(news(2, 180_000));
  expect(news(2)).not.toBe(news(1));
});
