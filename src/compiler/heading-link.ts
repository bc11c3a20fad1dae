import type { Mode } from '../../shared/protocol.ts';
import { h, type TreeNode } from './tree.ts';

/**
 * Returns a heading with a link to itself next to it, never inside: its own text stays what it is. The link names the
 * mode where only one shows the heading.
 */
export function withLink(heading: TreeNode, id: string, text: string, mode: Mode | null): TreeNode {
  const href = `${mode === null ? '' : `?filters=${mode}`}#${id}`;
  const link = h(
    'a',
    {
      className: ['heading-link'],
      href,
      'aria-label': `Copy the link to “${text}”`,
      'data-heading-link': '',
      'data-pagefind-ignore': '',
    },
    '#',
  );
  return h('div', { className: ['heading'] }, heading, link);
}
