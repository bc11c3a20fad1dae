/** A stored edit that a block does not show, with what takes it away and the meaning of the signs. */
export const EDIT_OFFERS = {
  outdated: {
    said: 'Your edit was made to an earlier version of this.',
    other: 'Take the author’s',
    legend: '− the page now, + your edit',
  },
  otherTab: {
    said: 'You edited this in another tab too.',
    other: 'Discard that',
    legend: '− here, + in the other tab',
  },
};

/** Below the editor; `key` is the platform's: `Ctrl`. */
export const keysSentence = (key: string): string =>
  `Tab indents. Escape, then Tab leaves. ${key}+Enter runs, ${key}+F searches.`;
