import { expect, it } from 'vitest';
import { RetryLog, type Repeatable } from '../../src/wire/retry-log.ts';

const step = (seals: boolean): Repeatable => ({ again: async () => undefined, seals, told: false });

it('a transaction can be repeated after answers left that may be told twice, and knows them', () => {
  const log = new RetryLog();
  log.done.push(step(false));
  log.noteLeft();
  log.done.push(step(false));
  expect(log.sealed).toBe(false);
  expect(log.done.map(({ told }) => told)).toEqual([true, false]);
});

it('it cannot be repeated once the answer to a statement left, and then forgets what was done', () => {
  const log = new RetryLog();
  log.mark = { epoch: 0, length: 0 };
  log.done.push(step(true));
  log.noteLeft();
  expect(log).toMatchObject({ sealed: true, done: [], mark: undefined });
  log.clear();
  expect(log.sealed).toBe(false);
});
