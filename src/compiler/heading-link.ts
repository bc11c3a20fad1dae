import type { Mode } from '../../shared/protocol.ts';
import { h, type TreeNode } from './tree.ts';

/**
 * Returns a heading with a link to itself. The link is next to the heading, not inside it, so that the heading's text
 * stays unchanged. When only one mode shows the heading, the link selects that mode.
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
