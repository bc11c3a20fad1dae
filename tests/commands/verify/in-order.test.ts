import { expect, it } from 'vitest';
import { inOrder } from '../../../commands/verify/in-order.ts';

it('work is done side by side, so much at once, and told in its order', async () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = ['a', 'b', 'c'].map((name) => async () => {
    begun.push(name);
    await new Promise<void>((settle) => ends.set(name, settle));
    return name;
  });
  const results = inOrder(work, 2);
  const first = results.next();
  await expect.poll(() => begun).toEqual(['a', 'b']);
  ends.get('b')?.();
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  ends.get('a')?.();
  ends.get('c')?.();
  expect([await first, await results.next(), await results.next(), await results.next()]).toEqual([
    { done: false, value: 'a' },
    { done: false, value: 'b' },
    { done: false, value: 'c' },
    { done: true, value: undefined },
  ]);
});

it('work that fails is told in its turn', async () => {
  const failing = inOrder([async () => 1, async () => await Promise.reject(new Error('no'))], 2);
  expect(await failing.next()).toEqual({ done: false, value: 1 });
  await expect(failing.next()).rejects.toThrow('no');
});
