import { describe, expect, it } from 'vitest';
import { constructsOf } from '../../src/build/constructs.ts';

describe('the list of what the stand-in does', () => {
  it('takes a module’s own words, its code in code type, and the pages that it names', () => {
    const [construct] = constructsOf('upsert.ts', '/** `UPSERT INTO …` as INSERT (cockroachlabs.com/docs/stable/upsert, insert). */\nexport function x() {}');
    expect(construct).toEqual({
      file: 'upsert.ts',
      pieces: [{ text: 'UPSERT INTO …', isCode: true }, { text: ' as INSERT.', isCode: false }],
      pages: [
        { name: 'upsert', href: 'https://www.cockroachlabs.com/docs/stable/upsert.html' },
        { name: 'insert', href: 'https://www.cockroachlabs.com/docs/stable/insert.html' },
      ],
    });
  });

  it('names a construct after its page when there are no other words', () => {
    expect(constructsOf('show.ts', '/** cockroachlabs.com/docs/stable/show-columns */')[0]?.pieces).toEqual([{ text: 'SHOW COLUMNS', isCode: false }]);
  });

  it('keeps an anchor behind the page', () => {
    expect(constructsOf('x.ts', '/**\n * Hints\n * (cockroachlabs.com/docs/stable/table-expressions#force-index-selection); no more.\n */')[0]).toMatchObject({
      pieces: [{ text: 'Hints; no more.', isCode: false }],
      pages: [{ href: 'https://www.cockroachlabs.com/docs/stable/table-expressions.html#force-index-selection' }],
    });
  });

  it('leaves comments out that follow no page', () => {
    expect(constructsOf('x.ts', '/** Adds one. */')).toEqual([]);
  });
});
