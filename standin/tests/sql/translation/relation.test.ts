import { expect, it } from 'vitest';
import { localName, resolveRelation } from '../../../src/sql/translation/relation.ts';
import { contextOf } from '../context.ts';

it.each([
  [['accounts'], '"accounts"'],
  [['bank'], '"bank"'],
  [['bank', 'accounts'], '"public"."accounts"'],
  [['bank', 'audit', 'accounts'], '"audit"."accounts"'],
  [['audit', 'accounts'], '"audit"."accounts"'],
])('in database bank, %j is %s', (path, name) => {
  expect(localName({ database: 'bank' }, path)).toBe(name);
});

it('a missing relation is named as in the statement', async () => {
  await expect(resolveRelation(contextOf([]), ['bank', 't'])).rejects.toMatchObject({
    fields: { code: '42P01', message: 'relation "bank.t" does not exist' },
  });
  expect(await resolveRelation(contextOf([['7', 'r']]), ['t'])).toEqual({ oid: '7', kind: 'r', name: '"t"' });
});
