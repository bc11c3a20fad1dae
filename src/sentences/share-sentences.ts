import { counted } from './counted.ts';
import { MODE_NAMES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';

/** Of what a link brings, as much as is told. */
interface ToldOffers {
  offers: readonly { block: { edited: string | undefined }; isOutdated: boolean }[];
  /** How many blocks of the link the page does not have. */
  unknown: number;
}

/** What a link brings, and that nothing has come of it yet. */
export function foundSentence({ offers, unknown }: ToldOffers): string {
  const own = offers.filter(({ block }) => block.edited !== undefined).length;
  const outdated = offers.filter(({ isOutdated }) => isOutdated).length;
  const inSome = (count: number): string => (count === offers.length ? 'You have' : `In ${count} of them you have`);
  const some = (count: number): string => (count === offers.length ? 'what it changes' : `${count} of them`);
  return [
    `It is other code for ${counted(offers.length, 'block')} of this page. None of it runs by itself.`,
    own > 0 && `${inSome(own)} code of your own, which stays until you choose.`,
    outdated > 0 && `Since the link was made the author has changed ${some(outdated)}.`,
    unknown > 0 && `${counted(unknown, 'block')} of the link ${unknown === 1 ? 'is' : 'are'} no longer on this page.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

/** What an offer in a figure is. */
export function offerSentence({
  isOutdated,
  hasOwn,
  mode,
}: {
  isOutdated: boolean;
  hasOwn: boolean;
  mode: Mode | null;
}): string {
  return [
    `This code came with the link${mode === null ? '' : `, for ${MODE_NAMES[mode]}`}. It is not the author’s.`,
    isOutdated && 'The author has changed this block since the link was made.',
    hasOwn && 'You have code of your own here.',
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

/** What came of a link whose code was used. */
export function usedSentence(used: number): string {
  return (
    `The link’s code is now in ${counted(used, 'block')}, as if you had typed it. ` +
    'Run runs it; Revert brings back the author’s.'
  );
}

/** The head of the notice for a link. */
export const LINK_TITLES = {
  unreadable: 'This link’s code is not shown.',
  found: 'This link brings code that is not the author’s.',
  same: 'This link’s code is what you see.',
};
/** A link brought nothing else. */
export const SAME_SENTENCE = 'It is the author’s, or what you have in these blocks already.';
/** The reader's own code is kept aside, and can be brought back. */
export const KEPT_ASIDE = 'The link’s code took the place of yours, which is kept while this page is open.';
/** It was brought back. */
export const OWN_BACK = 'Your own code is back.';
/** Below a comparison of the link's code with `whose`; `hasUnseen`: it has characters that cannot be seen. */
export const offerLegend = (whose: string, hasUnseen: boolean): string =>
  `− ${whose}, + the link${hasUnseen ? '. Characters that cannot be seen are shown by their names, as ⟨U+200B⟩.' : ''}`;

/** What a link does that the reader makes, with their code of so many blocks; `mode` where the page has two. */
export function shareSentence(edits: number, mode: Mode | undefined): string {
  const shown = mode === undefined ? 'this page' : `this page in ${MODE_NAMES[mode]} mode`;
  if (edits === 0) return `Whoever opens the link sees ${shown}. You have edited none of its code.`;
  return (
    `Whoever opens the link sees ${shown}, and is offered your code for ${counted(edits, 'block')}; ` +
    'none of it runs by itself. The code is in the link, not on any server.'
  );
}
