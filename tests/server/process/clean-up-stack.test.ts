import { expect, test } from 'vitest';
import { CleanUpStack } from '../../../server/process/clean-up-stack.ts';

test('undoes the last thing first, waiting for each', async () => {
  const stack = new CleanUpStack();
  const done: number[] = [];
  for (const n of [1, 2, 3]) {
    stack.defer(async () => {
      await Promise.resolve();
      done.push(n);
    });
  }
  await stack.dispose();
  expect(done).toEqual([3, 2, 1]);
});

test('undoes everything whatever fails, and throws the first failure', async () => {
  const stack = new CleanUpStack();
  const done: number[] = [];
  stack.defer(() => done.push(1));
  stack.defer(() => Promise.reject(new Error('second failure')));
  stack.defer(() => done.push(2));
  stack.defer(() => {
    throw new Error('first failure');
  });
  await expect(stack.dispose()).rejects.toThrow('first failure');
  expect(done).toEqual([2, 1]);
});

test('undoes once, however often it is called, including what is added meanwhile', async () => {
  const stack = new CleanUpStack();
  const done: string[] = [];
  stack.defer(() => {
    done.push('outer');
    stack.defer(() => done.push('added'));
  });
  await Promise.all([stack.dispose(), stack.dispose()]);
  await stack.dispose();
  expect(done).toEqual(['outer', 'added']);
});
