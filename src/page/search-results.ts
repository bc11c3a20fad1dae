import { headingName } from '../compiler/heading-id.ts';
import { askedWords, isMeant } from './search-words.ts';

/** A place on a page that has the words searched for. */
export interface Found {
  /** With `?filters=` if only one mode shows the place. */
  url: string;
  title: string;
  /** HTML: our own text, escaped by Pagefind, with the words in `mark`. */
  excerpt: string;
  page: string;
  /** The only mode that has the words there; undefined when both have them. */
  mode?: string | undefined;
}

/** Where Pagefind found a word: the number of words before it on the page, and its weight. */
interface Location {
  location: number;
  balanced_score: number;
}

/** A page as Pagefind returns it. A page that differs by mode is in the index once for each mode. */
export interface FoundPage {
  url: string;
  meta: { title?: string };
  /** All words of the page, separated by blanks. */
  content: string;
  sub_results: { title: string; url: string; excerpt: string; weighted_locations: Location[] }[];
}

const MAX_PLACES_OF_A_PAGE = 3;
const FILTER = /\?filters=(\w+)/;

const modeOf = (url: string): string | undefined => FILTER.exec(url)?.[1];
const pathOf = (url: string): string => url.replace(/[?#].*/, '');

/**
 * Returns the places to list for `asked`, and the number of all places. Places in `mode` or in both modes come before
 * those that only the other mode has.
 */
export function listPlaces(
  pages: readonly FoundPage[],
  asked: string,
  mode: string,
): { places: Found[]; total: number } {
  const found = mergeModes(
    pages.flatMap((page) => meantPlaces(page, asked)),
    mode,
  );
  const ordered = [
    ...found.filter((place) => !isOfOther(place, mode)),
    ...found.filter((place) => isOfOther(place, mode)),
  ];
  const counts = new Map<string, number>();
  const places = ordered.filter((place) => {
    const of = `${pathOf(place.url)} ${isOfOther(place, mode)}`;
    counts.set(of, (counts.get(of) ?? 0) + 1);
    return counts.get(of)! <= MAX_PLACES_OF_A_PAGE;
  });
  return { places, total: found.length };
}

/**
 * Returns the places of a page that have the words asked for, with most words and best matches first; none when the
 * page lacks one of the words. The filter is needed because Pagefind matches the longest known prefix of a word, and so
 * finds something for any word.
 */
function meantPlaces({ url, meta, content, sub_results }: FoundPage, asked: string): Found[] {
  const text = content.split(/\s+/);
  const words = askedWords(asked);
  const isHit = ({ location }: Location, word: string): boolean => isMeant(word, text[location] ?? '');
  const all = sub_results.flatMap(({ weighted_locations }) => weighted_locations);
  if (words.length === 0 || !words.every((word) => all.some((location) => isHit(location, word)))) return [];
  const scored = sub_results.map((place) => {
    const hits = place.weighted_locations.filter((location) => words.some((word) => isHit(location, word)));
    const held = words.filter((word) => hits.some((location) => isHit(location, word))).length;
    return { place, held, score: hits.reduce((sum, { balanced_score }) => sum + balanced_score, 0) };
  });
  const best = scored.filter(({ held }) => held > 0).toSorted((a, b) => b.held - a.held || b.score - a.score);
  return best.map(({ place }) => ({
    url: place.url,
    title: place.title,
    excerpt: place.excerpt,
    page: meta.title ?? url,
    mode: modeOf(place.url),
  }));
}

/**
 * Lists what both modes show only once: the same place with a plain link, which keeps the reader's mode, and the same
 * text or a heading's counterpart under the heading that `mode` shows. What only one mode shows keeps `?filters=`,
 * which opens that mode.
 */
function mergeModes(found: readonly Found[], mode: string): Found[] {
  const once = mergeBy(found, mode, ({ url }) => url.replace(FILTER, '')).map((place) =>
    place.mode === undefined ? { ...place, url: place.url.replace(FILTER, '') } : place,
  );
  const named = mergeBy(once, mode, ({ url, title }) => `${pathOf(url)} ${headingName(title)}`);
  return mergeBy(named, mode, ({ url, excerpt }) => `${pathOf(url)} ${excerpt}`);
}

/**
 * Replaces each pair of places of different modes that have the same key by the one of `mode`, at the position of the
 * first, with no mode.
 */
function mergeBy(found: readonly Found[], mode: string, keyOf: (place: Found) => string): Found[] {
  const merged: Found[] = [];
  const index = new Map<string, number>();
  for (const place of found) {
    const key = keyOf(place);
    const at = index.get(key);
    const known = at === undefined ? undefined : merged[at];
    if (known?.mode && place.mode && known.mode !== place.mode)
      merged[at!] = { ...(place.mode === mode ? place : known), mode: undefined };
    else index.set(key, merged.push(place) - 1);
  }
  return merged;
}

function isOfOther(place: Found, mode: string): boolean {
  return (place.mode ?? mode) !== mode;
}

/** Returns a sentence with the number of places found and listed. `isAll` says that no page was left out. */
export function foundSentence(words: string, shown: number, total: number, isAll: boolean): string {
  if (shown === 0) return `Nothing found for “${words}”.`;
  const found = `${isAll ? '' : 'At least '}${total} ${total === 1 ? 'place' : 'places'} found`;
  return shown === total ? `${found}.` : `${found}, the best ${shown} shown.`;
}
