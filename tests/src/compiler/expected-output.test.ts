import { describe, expect, test } from 'vitest';
import { textContent } from '../../../src/compiler/tree.ts';
import { all, buildFrom, carried } from './build-page.ts';

describe('expected output on a page', () => {
  test('puts expected output into the figure of the step above, folded, captures shown as words', () => {
    const page = buildFrom(
      '```shell run\n$ date\n```\n\nIt prints:\n\n```text output unordered\nat {timestamp} {int:n}\n{"code": 1}\n```\n',
    );
    expect(page.steps).toMatchObject([{ expected: { text: 'at {timestamp} {int:n}\n{"code": 1}', unordered: true } }]);
    const figures = all(page.children, 'figure');
    expect(figures.map(carried)).toEqual(page.steps);
    expect(
      figures[0]!.children!.map(({ properties }) => (properties?.['className'] as string[] | undefined)?.[0]),
    ).toEqual([undefined, 'actions', 'code', 'result', 'expected']);
    const [output] = all(figures, '.expected');
    expect(output?.properties).not.toHaveProperty('open');
    expect(textContent(all([output!], 'summary')[0]!)).toBe('Expected output');
    expect(textContent(all([output!], 'pre')[0]!)).toBe('at time number\n{"code": 1}');
  });

  test('draws the accounts expected from an earlier step above the code of a step with view=balances', () => {
    const opening = [
      '```sql run user=root',
      '> SELECT owner, balance FROM accounts;',
      '```',
      '',
      '```text output',
      'CREATE TABLE',
      '  owner | balance',
      '--------+----------',
      '  Ada   |    1000',
      '  Grace |     500',
      '(2 rows)',
      '```',
      '',
    ].join('\n');
    const page = buildFrom(
      `${opening}\n\`\`\`sql run user=root view=balances\n> SELECT owner, balance FROM accounts;\n\`\`\`\n`,
    );
    const [, figure] = all(page.children, 'figure');
    const [balances] = all([figure!], '.balances');
    expect(figure!.children!.map(({ properties }) => (properties?.['className'] as string[] | undefined)?.[0])).toEqual(
      [undefined, 'actions', 'balances', 'code', 'result'],
    );
    expect(textContent(all([balances!], 'caption')[0]!)).toBe('To begin with');
    expect(all([balances!], 'tr').map((row) => row.children!.map(textContent))).toEqual([
      ['Owner', 'Balance'],
      ['Ada', '1000'],
      ['Grace', '500'],
      ['Together', '1500'],
    ]);
    expect(all([balances!], 'th').map(({ properties }) => properties?.['scope'])).toEqual([
      'col',
      'col',
      'row',
      'row',
      'row',
    ]);
    expect(all([balances!], 'rect').map(({ properties }) => properties?.['width'])).toEqual(['66.67%', '33.33%']);
    expect(all([page.children[0]!], '.balances')).toEqual([]);
  });
});
