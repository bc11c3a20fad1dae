/** English suffixes, with the consonant that is doubled before some of them. */
const ENDING = /(?:([bdgmnprt])\1(?=ing|ed|er))?(?:ies|ied|ying|y|ings?|ed|ers?|es|e|s|ly|ations?|ions?|ments?)$/;
/** A word whose stem is shorter than this is compared as a whole. */
const SHORTEST_STEM = 2;

/** Returns the words of a query, without quotes and other signs. */
export function askedWords(query: string): string[] {
  return query
    .split(/\s+/)
    .map((word) => lettersOf(word))
    .filter((word) => word !== '');
}

/** Returns the query with its words split at hyphens and other signs, for when nothing matches it as it is. */
export function apart(query: string): string {
  return query.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/**
 * Returns whether `asked`, from `askedWords`, means `word` in a text: `word` or one of its parts begins with it
 * (`sample` in `pony-basic-sample.py`), ignoring suffixes (`retries` and `retry`).
 */
export function isMeant(asked: string, word: string): boolean {
  const stem = asked.replace(ENDING, (_, doubled?: string) => doubled ?? '');
  const beginning = stem.length >= SHORTEST_STEM ? stem : asked;
  return beginnings(word).some((part) => part.startsWith(beginning));
}

/**
 * Returns the rests of a word from each of its parts on. A part begins after a sign, and at a capital after a small
 * letter.
 */
function beginnings(word: string): string[] {
  const parts = word
    .split(/[^\p{L}\p{N}\p{M}]+|(?<=\p{Ll})(?=\p{Lu})/u)
    .map(lettersOf)
    .filter((part) => part !== '');
  return parts.map((_, index) => parts.slice(index).join(''));
}

/** Returns only letters and digits, in lower case and without accents, as in the index. */
function lettersOf(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
