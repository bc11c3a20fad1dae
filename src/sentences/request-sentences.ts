/** Something answers, and it is no Bankrun: a proxy, or a sign-in page. */
export const OTHER_ANSWERS = 'The server cannot be reached: something else answers in its place.';
/** The server's sentence, with the id under which it reported a failure of its own. */
export const withErrorId = (sentence: string, id?: string): string =>
  id === undefined ? sentence : `${sentence} (Error ${id}.)`;
