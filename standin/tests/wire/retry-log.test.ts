import { expect, it } from 'vitest';
import { RetryLog, type Repeatable } from '../../src/wire/retry-log.ts';

const step = (seals: boolean): Repeatable => ({ again: async () => undefined, seals, sent: false });

it('a transaction can be repeated after answers that do not seal it, and remembers which were sent', () => {
  const log = new RetryLog();
  log.done.push(step(false));
  log.noteSent();
  log.done.push(step(false));
  expect(log.sealed).toBe(false);
  expect(log.done.map(({ sent }) => sent)).toEqual([true, false]);
});

it('it cannot be repeated after an answer that seals it, and then forgets what was done', () => {
  const log = new RetryLog();
  log.mark = { epoch: 0, length: 0 };
  log.done.push(step(true));
  log.noteSent();
  expect(log).toMatchObject({ sealed: true, done: [], mark: undefined });
  log.clear();
  expect(log.sealed).toBe(false);
});
