import { textContent, type TreeNode } from '../../src/compiler/tree.ts';

/** Returns the words that a page's prose has in code type; not what is in its blocks. */
export function wordsInCode(nodes: readonly TreeNode[]): Set<string> {
  return new Set(nodes.flatMap(codeIn));
}

function codeIn(node: TreeNode): string[] {
  if (node.tagName === 'pre' || node.tagName === 'figure') return [];
  if (node.tagName === 'code') return [textContent(node)];
  return (node.children ?? []).flatMap(codeIn);
}
