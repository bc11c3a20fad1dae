import { foundSentence, listPlaces, type Found, type FoundPage } from './search-results.ts';
import { apart } from './search-words.ts';

interface Answer {
  results: { data(): Promise<FoundPage> }[];
}

interface Pagefind {
  debouncedSearch(words: string): Promise<Answer | null>;
  search(words: string): Promise<Answer>;
}

/** A page that differs by mode is two of them. */
const MOST_PAGES = 32;
const MODE_NAMES: Record<string, string> = { secure: 'Secure', insecure: 'Insecure' };
// The index is made when the site is built.
const FAILED = import.meta.env.DEV ? 'Search needs the built site: `npm start` has it, the development server has not.' : 'The search does not work now: its index could not be loaded.';

const dialog = document.querySelector<HTMLDialogElement>('[data-search]')!;
const input = dialog.querySelector('input')!;
const list = dialog.querySelector<HTMLOListElement>('[data-search-results]')!;
const status = dialog.querySelector<HTMLElement>('[data-search-status]')!;
let pagefind: Promise<Pagefind> | undefined;

/** The index, which is loaded on the first search, and asked for again when it could not be had. */
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

function open(): void {
  load().catch(fail);
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
  const index = await load();
  const answer = await index.debouncedSearch(words);
  if (!answer) return;
  const mode = document.documentElement.dataset['mode'] ?? 'secure';
  let found = await read(answer, words, mode);
  // `cockroach-sql` stands nowhere, but `cockroach sql` does.
  if (found.places.length === 0 && apart(words) !== words) found = await read(await index.search(apart(words)), apart(words), mode);
  if (input.value.trim() !== words) return;
  status.textContent = foundSentence(words, found.places.length, found.total, found.isAll);
  list.replaceChildren(...found.places.map(draw));
}

async function read({ results }: Answer, words: string, mode: string): Promise<ReturnType<typeof listPlaces> & { isAll: boolean }> {
  const pages = await Promise.all(results.slice(0, MOST_PAGES).map((result) => result.data()));
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
    label.textContent = MODE_NAMES[mode] ?? mode;
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
  const typing = event.target instanceof Element && event.target.closest('input:not([type="radio"]), textarea, select, [contenteditable]');
  const wanted = (event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
  if (!wanted || dialog.open) return;
  event.preventDefault();
  open();
});
input.addEventListener('input', () => {
  search().catch(fail);
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
