import type { Block } from '../runner/step/block.ts';
import { hash } from '../runner/step/plan.ts';
import { LinkError, type SharedCode } from './code-link.ts';

/** What a link brings for one block of the page, which is neither what the page says nor what the reader has there. */
export interface Offer {
  block: Block;
  text: string;
  /** The author has changed the block since the link was made. */
  isOutdated: boolean;
}

/** What of a link concerns this page. */
export interface Offers {
  offers: Offer[];
  /** How many blocks of the link the page does not have. */
  unknown: number;
}

/** Which blocks of the page a link brings other code for. Throws a LinkError where none of it belongs here. */
export function sortOut({ page, edits }: SharedCode, here: string, blocks: readonly Block[]): Offers {
  if (page !== here) throw new LinkError('The code in this link belongs to another page.');
  const known = edits.flatMap((edit) => {
    const block = blocks.find(({ id }) => id === edit.id);
    return block ? [{ block, ...edit }] : [];
  });
  if (known.length === 0) throw new LinkError('The code in this link belongs to blocks that this page no longer has.');
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
