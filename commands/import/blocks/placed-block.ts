import type { Code, Nodes, Parent, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Mode } from '../../../shared/protocol.ts';
import { shownBlock, type Block } from '../block.ts';
import type { FenceMarks } from '../source/fence-marks.ts';

/** A block, and what surrounds it on its page. */
export interface PlacedBlock {
  block: Block;
  /** Its node, which is replaced when the page is written. */
  node: Code;
  mode: Mode | null;
  /** The other choices for which it is shown, such as `mac`, outermost first. */
  scopes: readonly string[];
  /** The text between this block and the one above it, or the heading or table above it. */
  between: string;
  /** The headings between this block and the one above it. */
  heading: string;
  /** Whether a heading, a table or the border of a choice is between this block and the one above it. */
  apart: boolean;
  /** The data that is set up at this place, instead of a block of the page. */
  dataSet?: string;
}

/** Returns all blocks of a page, in page order. A place where data is set up counts as a block, and becomes a node. */
export function placedBlocks(tree: Root, marks: FenceMarks, page: string): PlacedBlock[] {
  const found: PlacedBlock[] = [];
  let between = '';
  let heading = '';
  let apart = true;
  const part = (): void => {
    between = '';
    apart = true;
  };
  const walk = (parent: Parent, mode: Mode | null, scopes: readonly string[]): void => {
    for (const [index, child] of (parent.children as Nodes[]).entries()) {
      if (child.type === 'code') {
        const { language, place, goesOn } = marks.read(child.lang ?? '');
        const block = shownBlock(place ?? { file: page, line: 1 }, language, child.value);
        if (goesOn) block.goesOn = true;
        found.push({ block, node: child, mode, scopes, between, heading, apart });
        between = '';
        heading = '';
        apart = false;
      } else if (child.type === 'group' && child.is === 'data' && child.name !== 'modes') {
        const node: Code = { type: 'code', lang: 'text', value: '' };
        parent.children[index] = node;
        const block = shownBlock({ file: page, line: 1 }, 'shell', '');
        found.push({ block, node, mode, scopes, between, heading, apart, dataSet: child.name });
        heading = '';
        part();
      } else if (child.type === 'group' && child.is === 'scope') {
        const own = child.name === 'secure' || child.name === 'insecure' ? child.name : undefined;
        part();
        walk(child, own ?? mode, own ? scopes : [...scopes, child.name]);
        part();
      } else if (child.type === 'heading' || child.type === 'table') {
        part();
        if (child.type === 'heading') heading += `${toString(child)}\n`;
      } else if (
        child.type === 'listItem' ||
        child.type === 'list' ||
        child.type === 'group' ||
        child.type === 'blockquote'
      )
        walk(child, mode, scopes);
      else between += `${toString(child)}\n`;
    }
  };
  walk(tree, null, []);
  return found;
}
