import { MODE_NAMES } from '../../shared/modes.ts';
import { foundSentence, listPlaces, type Found, type FoundPage } from './search-results.ts';
import { apart } from './search-words.ts';

interface Answer {
  results: { data(): Promise<FoundPage> }[];
}

interface Pagefind {
  debouncedSearch(words: string): Promise<Answer | null>;
  search(words: string): Promise<Answer>;
}

/**
 * How many pages' results are read at first, and again for each press of the button below them. A page that differs by
 * mode counts as two. The limit bounds what a search loads on a large site.
 */
const PAGES_AT_ONCE = 16;
// The index is built with the site.
const FAILED = import.meta.env.DEV
  ? 'Search needs the built site: use `npm start` instead of the development server.'
  : 'Search is unavailable: its index could not be loaded.';

const dialog = document.querySelector<HTMLDialogElement>('[data-search]')!;
const input = dialog.querySelector('input')!;
const list = dialog.querySelector<HTMLOListElement>('[data-search-results]')!;
const status = dialog.querySelector<HTMLElement>('[data-search-status]')!;
let pagefind: Promise<Pagefind> | undefined;
/** The words for which results are listed. */
let listed = '';
const more = document.createElement('button');
more.type = 'button';
more.textContent = 'Show more';

/** Loads the index when the search is first opened. After a failure it is loaded again next time. */
async function load(): Promise<Pagefind> {
  pagefind ??= import(/* @vite-ignore */ new URL('/pagefind/pagefind.js', location.href).href) as Promise<Pagefind>;
  try {
    return await pagefind;
  } catch (cause) {
    pagefind = undefined;
    throw cause;
  }
}

function fail(): void {
  list.replaceChildren();
  status.textContent = FAILED;
}

async function search(pages = PAGES_AT_ONCE): Promise<void> {
  const words = input.value.trim();
  if (words === '') {
    list.replaceChildren();
    status.textContent = '';
    listed = '';
    return;
  }
  const index = await load();
  const answer = await index.debouncedSearch(words);
  if (!answer) return;
  const mode = document.documentElement.dataset['mode'] ?? 'secure';
  let found = await read(answer, words, mode, pages);
  // `cockroach-sql` is nowhere on the site, but `cockroach sql` is.
  if (found.places.length === 0 && apart(words) !== words)
    found = await read(await index.search(apart(words)), apart(words), mode, pages);
  if (input.value.trim() !== words) return;
  status.textContent = foundSentence(words, found.places.length, found.total, found.isAll);
  list.replaceChildren(...found.places.map(draw));
  listed = words;
  if (found.isAll || found.places.length === 0) return;
  const item = document.createElement('li');
  item.append(more);
  list.append(item);
  more.onclick = () => {
    const before = list.querySelectorAll('a').length;
    search(pages + PAGES_AT_ONCE)
      .then(() => (list.querySelectorAll('a')[before] ?? input).focus())
      .catch(fail);
  };
}

async function read(
  { results }: Answer,
  words: string,
  mode: string,
  most: number,
): Promise<ReturnType<typeof listPlaces> & { isAll: boolean }> {
  const pages = await Promise.all(results.slice(0, most).map((result) => result.data()));
  return { ...listPlaces(pages, words, mode), isAll: pages.length === results.length };
}

function draw({ url, title, excerpt, page, mode }: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  const heading = document.createElement('strong');
  heading.textContent = title;
  const text = document.createElement('span');
  text.innerHTML = excerpt;
  link.append(heading, text);
  if (mode !== undefined) {
    const label = document.createElement('small');
    label.className = 'mode-tag';
    label.textContent = MODE_NAMES[mode as keyof typeof MODE_NAMES];
    heading.append(' ', label);
  }
  if (page !== title) {
    const of = document.createElement('small');
    of.textContent = page;
    link.prepend(of);
  }
  item.append(link);
  return item;
}

/** Follows the first result for the words in the field, even if they are not listed yet. */
async function follow(): Promise<void> {
  if (listed !== input.value.trim()) await search();
  list.querySelector('a')?.click();
}

/** Arrow keys move from the field through the results and back. */
function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = [input, ...list.querySelectorAll<HTMLElement>('a, button')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

load().catch(fail);
search().catch(fail);
input.addEventListener('input', () => {
  search().catch(fail);
});
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  follow().catch(fail);
});
dialog.addEventListener('keydown', walk);
