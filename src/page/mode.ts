import { remember } from './storage.ts';

const root = document.documentElement;
const radios = () => document.querySelectorAll<HTMLInputElement>('.mode-filter input');

function showInRadios(): void {
  for (const radio of radios()) radio.checked = radio.value === root.dataset['mode'];
}

/** Shows a mode. What `anchor` holds stays where it is on the screen, though text above it may come and go. */
function setMode(mode: string, anchor?: Element | null): void {
  if (root.dataset['mode'] === mode) return;
  const before = anchor?.getBoundingClientRect().top;
  root.dataset['mode'] = mode;
  showInRadios();
  if (anchor && before !== undefined) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
  dispatchEvent(new Event('modechange'));
}

/** A choice made here: remembered, and in the address, so that the page can be shared as it is seen. */
function choose(mode: string, anchor: Element | null): void {
  setMode(mode, anchor);
  remember('mode', mode);
  const address = new URL(location.href);
  address.searchParams.set('filters', mode);
  history.replaceState(history.state, '', address);
}

/** Follows a link into the mode that hides its target. */
function followHash(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const mode = target?.closest<HTMLElement>('[data-show]')?.dataset['show'];
  if (!target || !mode || mode === root.dataset['mode']) return;
  choose(mode, null);
  target.scrollIntoView();
}

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches('.mode-filter input')) choose(target.value, target.closest('.mode-filter'));
});
addEventListener('hashchange', followHash);
addEventListener('storage', ({ key, newValue }) => {
  if (key === 'mode' && newValue) setMode(newValue, firstVisible());
});
// Browsers restore radios when a page comes back; the mode on the root is what counts.
addEventListener('pageshow', showInRadios);
showInRadios();

/** The first block of the text on the screen that both modes show: what stays in place when another tab switches. */
function firstVisible(): Element | undefined {
  return [...document.querySelectorAll('article > *:not([data-show])')].find((element) => element.getBoundingClientRect().bottom > 0);
}
