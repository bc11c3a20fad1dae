import { accountsOf, barOf, totalOf, type Account } from '../accounts.ts';
import { h, type TreeNode } from './tree.ts';

/**
 * Returns the accounts in a step's expected output, where the shell prints them as a table; undefined when there are
 * none.
 */
export function accountsIn(output: string): Account[] | undefined {
  const lines = output.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const head = lines.findIndex((cells) => accountsOf(cells, [['x', '0']]) !== undefined);
  if (head < 0) return undefined;
  const rows = lines.slice(head + 2);
  const end = rows.findIndex((cells) => cells.length !== 2);
  return accountsOf(lines[head]!, end < 0 ? rows : rows.slice(0, end));
}

/**
 * Draws accounts above the code of a step's figure: the balances before any run, in the form in which the page draws
 * later ones.
 */
export function addBalances(figure: TreeNode, accounts: readonly Account[]): void {
  const total = totalOf(accounts);
  const table = h(
    'table',
    {},
    h('caption', {}, 'To begin with'),
    h('colgroup', {}, h('col', { className: ['owner'] }), h('col', {})),
    h(
      'thead',
      { className: ['visually-hidden'] },
      h('tr', {}, h('th', { scope: 'col' }, 'Owner'), h('th', { scope: 'col' }, 'Balance')),
    ),
    h('tbody', {}, ...accounts.map(({ owner, balance }) => accountRow(owner, balance, barOf(balance, total)))),
    h(
      'tfoot',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, 'Together'),
        h('td', {}, h('span', { className: ['amount'] }, String(total))),
      ),
    ),
  );
  const code = figure.children!.findIndex(({ properties }) =>
    (properties?.['className'] as string[] | undefined)?.includes('code'),
  );
  figure.children = figure.children!.toSpliced(
    code,
    0,
    h('div', { className: ['balances'], 'data-balances': '', 'data-pagefind-ignore': '' }, table),
  );
}

function accountRow(owner: string, balance: number, width: string): TreeNode {
  const bar = h('svg', { className: ['bar'], 'aria-hidden': 'true' }, h('rect', { width, height: '100%', rx: '3' }));
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, owner),
    h('td', {}, h('div', {}, bar, h('span', { className: ['amount'] }, String(balance)))),
  );
}
