/** Sentences of the element; it calls the server by its name, which the page around it does not tell. */

/** Nothing of it answers. */
export const awaySentence = (host: string): string =>
  `${host}, which runs this code, cannot be reached. You can read on, and copy the code.`;

/** It answers, but not to this site. */
export const notAllowedSentence = (host: string, site: string): string =>
  site === 'null'
    ? `${host} does not run code for a page without a site of its own: open it from a web server, not from a file.`
    : `${host} does not run code for pages of ${site}: whoever operates it has to name ${site} in EMBED_ORIGINS.`;

/** The page around forbids it. */
export const policySentence = (origin: string): string =>
  `This page does not let its code reach ${origin}: its Content-Security-Policy has to name that in connect-src.`;

/** The connection broke while it ran. */
export const BROKEN_SENTENCE = 'The connection to the server was lost; the code may still be running there.';
/** For a step that changes something, the likely reason of another answer than expected. */
export const AGAIN_SENTENCE = 'It had run in this cluster before.';

const MAX_NAMED = 3;

/** What is folded away above the step that is shown. */
export const earlierSummary = (names: string[]): string =>
  `Before this: ${names.length > MAX_NAMED ? `${names.length} steps` : names.join(', ')}`;

/** After the head of a result: it is of a step that the one that is shown needs. */
export const earlierFailed = (name: string): string => `: ${name}, which runs before`;

/** The head of a result while it runs: at which step of how many. */
export const runningWord = (at = 1, of = 1): string => (of > 1 ? `Running ${at} of ${of}…` : 'Running…');

/** The author of the page made a mistake in the element. */
export const mistakeSentence = (mistake: string): string => `This block cannot be run. ${mistake}`;
