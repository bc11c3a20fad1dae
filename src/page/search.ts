import { bestFirst, foundSentence, mergeModes, type Found } from './search-results.ts';

interface Pagefind {
  debouncedSearch(words: string): Promise<{ results: { data(): Promise<PageData> }[] } | null>;
}

interface PageData {
  url: string;
  meta: { title?: string };
  excerpt: string;
  sub_results: (Pick<Found, 'title' | 'url' | 'excerpt'> & { weighted_locations: { balanced_score: number }[] })[];
}

const MOST_PAGES = 16;
const MOST_PLACES_OF_A_PAGE = 3;

const dialog = document.querySelector<HTMLDialogElement>('[data-search]')!;
const input = dialog.querySelector('input')!;
const list = dialog.querySelector<HTMLOListElement>('[data-search-results]')!;
const status = dialog.querySelector<HTMLElement>('[data-search-status]')!;
let pagefind: Promise<Pagefind> | undefined;

function open(): void {
  // The index exists in the built site only, and is loaded on the first search.
  pagefind ??= import(/* @vite-ignore */ new URL('/pagefind/pagefind.js', location.href).href) as Promise<Pagefind>;
  pagefind.catch(() => (status.textContent = 'Search needs the built site: `npm start` has it, the development server has not.'));
  dialog.showModal();
  input.select();
}

async function search(): Promise<void> {
  const words = input.value.trim();
  if (words === '') {
    list.replaceChildren();
    status.textContent = '';
    return;
  }
  const answer = await (await pagefind)?.debouncedSearch(words);
  if (!answer) return;
  const pages = await Promise.all(answer.results.slice(0, MOST_PAGES).map((result) => result.data()));
  if (input.value.trim() !== words) return;
  const mode = document.documentElement.dataset['mode'] ?? 'secure';
  const byPage = pages.map(placesOf);
  const best = byPage.flatMap((places) => places.slice(0, MOST_PLACES_OF_A_PAGE));
  const places = mergeModes(best, mode);
  const total = mergeModes([...best, ...byPage.flatMap((others) => others.slice(MOST_PLACES_OF_A_PAGE))], mode).length;
  status.textContent = foundSentence(words, places.length, total, pages.length === answer.results.length);
  list.replaceChildren(...places.map(draw));
}

function placesOf({ url, meta, excerpt, sub_results }: PageData): Found[] {
  const page = meta.title ?? url;
  const places = sub_results.length > 0 ? bestFirst(sub_results) : [{ title: page, url, excerpt }];
  return places.map((place) => ({ ...place, page }));
}

function draw({ url, title, excerpt, page }: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  const heading = document.createElement('strong');
  heading.textContent = title;
  const text = document.createElement('span');
  text.innerHTML = excerpt;
  link.append(heading, text);
  if (page !== title) {
    const of = document.createElement('small');
    of.textContent = page;
    link.prepend(of);
  }
  item.append(link);
  return item;
}

/** Arrow keys walk from the input through the results and back. */
function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = [input, ...list.querySelectorAll('a')];
  const next = stops[stops.indexOf(document.activeElement as HTMLInputElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

document.querySelector('[data-search-open]')?.addEventListener('click', open);
addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  const wanted = (event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
  if (!wanted || dialog.open) return;
  event.preventDefault();
  open();
});
input.addEventListener('input', () => {
  void search().catch(() => (status.textContent = 'The search does not work now: its index could not be loaded.'));
});
input.addEventListener('keydown', (event) => {
  // A search field would take the first Escape to empty itself.
  if (event.key === 'Escape') dialog.close();
  else if (event.key === 'Enter') list.querySelector('a')?.click();
  else return;
  event.preventDefault();
});
dialog.addEventListener('keydown', walk);
dialog.addEventListener('click', (event) => {
  // A press beside the dialog's content lands on the dialog itself; a result on this very page leaves the dialog to us.
  if (event.target === dialog || (event.target instanceof Element && event.target.closest('a'))) dialog.close();
});
