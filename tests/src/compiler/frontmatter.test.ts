import { describe, expect, test } from 'vitest';
import { pageSchema } from '../../../src/page-schema.ts';

const faults = (needs: unknown): string[] =>
  pageSchema
    .safeParse({ title: 'T', summary: 'S', needs })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('the frontmatter of a page', () => {
  test('may say which version the page needs', () => {
    expect(pageSchema.parse({ title: 'T', summary: 'S', needs: 'v23.2' }).needs).toBe('v23.2');
    expect(pageSchema.parse({ title: 'T', summary: 'S' }).needs).toBeUndefined();
  });

  test.each([23.2, 'v23', '23.2', 'v23.2.1', 'latest', '', null])(
    'tells the author what %j should have been',
    (needs) => {
      expect(faults(needs)).toEqual([
        'needs: Expected the oldest CockroachDB version that the steps run on, as in `needs: v23.2`.',
      ]);
    },
  );
});
