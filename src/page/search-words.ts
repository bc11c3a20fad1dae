/** Endings that English words take on and lose, with the consonant that is doubled before some of them. */
const ENDING = /(?:([bdgmnprt])\1(?=ing|ed|er))?(?:ies|ied|ying|y|ings?|ed|ers?|es|e|s|ly|ations?|ions?|ments?)$/;
/** What is left of a word without its ending says nothing when it is shorter. */
const SHORTEST_STEM = 2;

/** The words of a query: what stands between blanks, quotes and other signs aside. */
export function askedWords(query: string): string[] {
  return query
    .split(/\s+/)
    .map((word) => lettersOf(word))
    .filter((word) => word !== '');
}

/** The query with its words taken apart at hyphens and other signs, for when nothing holds them as they stand. */
export function apart(query: string): string {
  return query.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/**
 * Whether someone who types `asked`, a word of `askedWords`, means `word`, which stands in a text: it begins like that,
 * be it with a later part of it (`sample` in `pony-basic-sample.py`), or does so but for an ending (`retries` and
 * `retry`).
 */
export function isMeant(asked: string, word: string): boolean {
  const stem = asked.replace(ENDING, (_, doubled?: string) => doubled ?? '');
  const beginning = stem.length >= SHORTEST_STEM ? stem : asked;
  return beginnings(word).some((part) => part.startsWith(beginning));
}

/** A word from each of its parts on: from behind each sign, and from each capital that follows a small letter. */
function beginnings(word: string): string[] {
  const parts = word
    .split(/[^\p{L}\p{N}\p{M}]+|(?<=\p{Ll})(?=\p{Lu})/u)
    .map(lettersOf)
    .filter((part) => part !== '');
  return parts.map((_, index) => parts.slice(index).join(''));
}

/** Letters and digits alone, small, without accents: as the index has them. */
function lettersOf(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
