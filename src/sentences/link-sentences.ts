/** What is wrong with a link's code, or with edits for a link. */

/** Edits hold a character that links may not contain; `character` names it: `U+202E`. */
export const notLinkedSentence = (character: string): string =>
  `No link can be made of your edits: they hold ${character}, ` +
  'a character that makes code look different from what it is.';

/** The link would have so many characters, and may have `most`. */
export const linkTooLongSentence = (characters: number, most: number): string =>
  `Your edits are too long for a link: it would have ${characters} characters, ` +
  `and many programs cut off links longer than ${most}.`;

/** The same character in a link that came. */
export const notShownSentence = (character: string): string =>
  `The code in this link is not shown: it holds ${character}, ` +
  'a character that makes code look different from what it is.';

/** Why a link's code is not shown. */
export const LINK_PROBLEMS = {
  tooLong: 'The code in this link is too long to be read.',
  tooLarge: 'The code in this link is longer than what can be run here.',
  broken: 'The code in this link cannot be read: the link was cut off or changed on its way.',
  newer: 'This link was made by a newer version of this site, and its code cannot be read here.',
  otherPage: 'The code in this link belongs to another page.',
  blocksGone: 'The code in this link belongs to blocks that this page no longer has.',
};
