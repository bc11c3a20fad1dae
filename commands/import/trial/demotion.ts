import type { Block } from '../block.ts';
import type { ImportedPage } from '../imported-page.ts';
import type { PageFiles } from '../page/page-files.ts';

/** Makes a block one that is only shown, and so the output that belongs to it. */
export function demote({ placed }: ImportedPage, block: Block, reason: string): void {
  block.decision = { is: 'shown', reason };
  delete block.printed;
  for (const { block: other } of placed)
    if (other.decision.is === 'output' && other.decision.of === block)
      other.decision = { is: 'shown', reason: 'the step above it is only shown' };
}

/** Returns the block that a sentence with a place in the page (`content/….mdx:12: …`) is about, if it is about one. */
export function blockAt(sentence: string, { origins }: PageFiles): Block | undefined {
  const line = Number(/^\S+\.mdx:(\d+): /.exec(sentence)?.[1] ?? NaN);
  const begin = [...origins.keys()].filter((each) => each <= line).sort((a, b) => b - a)[0];
  return begin === undefined ? undefined : origins.get(begin)!.block;
}
