import { describe, expect, it } from 'vitest';
import { FORMATS, formatResult, type Format } from '../../src/shell/formats.ts';

const result = {
  names: ['id', 'S'],
  types: [20, 25],
  rows: [
    ['1', `it's "a"\n<b>`],
    ['2', null],
  ],
  tag: 'SELECT 2',
};

describe('formatResult', () => {
  it.each<[Format, string]>([
    ['tsv', `id\tS\n1\t"it's ""a""\n<b>"\n2\tNULL\n`],
    ['csv', `id,S\n1,"it's ""a""\n<b>"\n2,NULL\n`],
    ['table', `  id |    S\n-----+-----------\n   1 | it's "a"\n     | <b>\n   2 | NULL\n(2 rows)\n`],
    ['records', `-[ RECORD 1 ]\nid | 1\nS  | it's "a"+\n   | <b>\n-[ RECORD 2 ]\nid | 2\nS  | NULL\n`],
    [
      'sql',
      [
        'CREATE TABLE results (',
        '  id STRING,',
        '  "S" STRING',
        ');',
        '',
        "INSERT INTO results VALUES ('1', e'it\\'s \"a\"\\n<b>');",
        "INSERT INTO results VALUES ('2', 'NULL');",
        '-- 2 rows',
        '',
      ].join('\n'),
    ],
    [
      'html',
      [
        '<table>',
        '<thead><tr><th>row</th><th>id</th><th>S</th></tr></thead>',
        '<tbody>',
        '<tr><td>1</td><td>1</td><td>it&#39;s &#34;a&#34;<br/>&lt;b&gt;</td></tr>',
        '<tr><td>2</td><td>2</td><td>NULL</td></tr>',
        '</tbody>',
        '<tfoot><tr><td colspan=3>2 rows</td></tr></tfoot></table>',
        '',
      ].join('\n'),
    ],
    ['raw', `# 2 columns\n# row 1\n## 1\n1\n## 12\nit's "a"\n<b>\n# row 2\n## 1\n2\n## 4\nNULL\n# 2 rows\n`],
  ])('prints %s', (format, text) => {
    expect(formatResult(result, format)).toBe(text);
  });

  it.each(FORMATS)('prints the tag of a change unchanged in %s', (format) => {
    expect(formatResult({ names: [], types: [], rows: [], tag: 'INSERT 0 3' }, format)).toBe('INSERT 3\n');
  });

  it('says that there was no statement', () => {
    const nothing = { names: [], types: [], rows: [], tag: undefined };
    expect(formatResult(nothing, 'tsv')).toBe('# no columns\n');
    expect(formatResult(nothing, 'table')).toBe('--\n(0 rows)\n');
  });
});
