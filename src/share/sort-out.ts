import type { Block } from '../runner/step/block.ts';
import { hash } from '../runner/step/plan.ts';
import { LinkError, type SharedCode } from './code-link.ts';
import { LINK_PROBLEMS } from '../sentences/link-sentences.ts';

/** A link's code for one block, if it differs both from the page's and from the reader's. */
export interface Offer {
  block: Block;
  text: string;
  /** The author has changed the block since the link was made. */
  isOutdated: boolean;
}

/** The parts of a link that concern this page. */
export interface Offers {
  offers: Offer[];
  /** How many of the link's blocks are not on the page. */
  unknown: number;
}

/**
 * Returns the blocks for which the link has different code. Throws a LinkError when none of it belongs to this page.
 */
export function sortOut({ page, edits }: SharedCode, here: string, blocks: readonly Block[]): Offers {
  if (page !== here) throw new LinkError(LINK_PROBLEMS.otherPage);
  const known = edits.flatMap((edit) => {
    const block = blocks.find(({ id }) => id === edit.id);
    return block ? [{ block, ...edit }] : [];
  });
  if (known.length === 0) throw new LinkError(LINK_PROBLEMS.blocksGone);
  const offers = known.filter(({ block, text }) => text !== block.text && text !== block.original);
  return {
    offers: offers.map(({ block, text, originalHash }) => ({
      block,
      text,
      isOutdated: originalHash !== hash(block.original),
    })),
    unknown: edits.length - known.length,
  };
}
