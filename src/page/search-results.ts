/** A place in a page that holds the words searched for, as Pagefind gives it. */
export interface Found {
  /** With `?filters=` when the page differs by mode: found in what that mode shows. */
  url: string;
  title: string;
  /** HTML: our own text, escaped by Pagefind, with the words in `mark`. */
  excerpt: string;
  page: string;
}

/** The places of one page, those that match most first; Pagefind gives them in the order of the page. */
export function bestFirst<T extends { weighted_locations: { balanced_score: number }[] }>(places: readonly T[]): T[] {
  const score = ({ weighted_locations }: T): number => weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
  return places.toSorted((a, b) => score(b) - score(a));
}

/** What the search says of its results: how many places there are, and how many of them are listed. `isAll`: no page was left out. */
export function foundSentence(words: string, shown: number, total: number, isAll: boolean): string {
  if (shown === 0) return `Nothing found for “${words}”.`;
  const found = `${isAll ? '' : 'At least '}${total} ${total === 1 ? 'place' : 'places'} found`;
  return shown === total ? `${found}.` : `${found}, the best ${shown} shown.`;
}

const FILTER = /\?filters=(\w+)/;

/**
 * The list to show, in the order of relevance. What both modes show is listed once, with a plain link that keeps the
 * reader's mode; the same text under a heading of each mode once too, under that of `mode`. What only one mode shows
 * keeps its `?filters=`, so that the link opens that mode.
 */
export function mergeModes(found: readonly Found[], mode: string): Found[] {
  const byPlace = new Map<string, Found>();
  for (const each of found) {
    const plain = each.url.replace(FILTER, '');
    const known = byPlace.get(plain);
    if (!known) byPlace.set(plain, each);
    else if (known.url !== each.url) byPlace.set(plain, { ...known, url: plain });
  }
  const byText = new Map<string, Found>();
  for (const each of byPlace.values()) {
    const text = `${each.url.replace(/[?#].*/, '')}\n${each.excerpt}`;
    const known = byText.get(text);
    if (!known || (isOfOther(known, mode) && !isOfOther(each, mode))) byText.set(text, each);
  }
  return [...byText.values()];
}

function isOfOther({ url }: Found, mode: string): boolean {
  return (FILTER.exec(url)?.[1] ?? mode) !== mode;
}
