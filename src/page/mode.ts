import { isMode } from '../../shared/modes.ts';
import { addressIn, hashId, partName, withFittingHash, type Part } from './address.ts';
import { rememberChoice } from './choices.ts';

const root = document.documentElement;
const radios = document.querySelectorAll<HTMLInputElement>('.mode-filter input');
const parts = [...document.querySelectorAll<HTMLElement>('article [data-show] [id]')].map((element): Part => {
  const mode = element.closest<HTMLElement>('[data-show]')!.dataset['show']!;
  const text = element.matches('h2, h3, h4, h5, h6') ? (element.textContent ?? '') : undefined;
  return { id: element.id, mode, name: partName(element.id, mode, text) };
});

function showInRadios(): void {
  for (const radio of radios) radio.checked = radio.value === root.dataset['mode'];
}

/** Shows a mode. `anchor` keeps its position in the window although text above it changes. */
function setMode(mode: string, anchor?: Element | null): void {
  if (root.dataset['mode'] === mode) return;
  const before = anchor?.getBoundingClientRect().top;
  root.dataset['mode'] = mode;
  showInRadios();
  if (anchor && before !== undefined)
    scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
  dispatchEvent(new Event('modechange'));
}

function rewrite(address: URL): void {
  if (address.href !== location.href) history.replaceState(history.state, '', address);
}

/**
 * Shows a mode and puts it into the address, so that the page can be shared as it is. A page without modes keeps its
 * address.
 */
function show(mode: string, anchor?: Element | null): void {
  setMode(mode, anchor);
  if (radios.length > 0) rewrite(addressIn(mode, new URL(location.href), parts));
}

/** Shows a mode and remembers it for the next page. */
function choose(mode: string, anchor: Element | null): void {
  show(mode, anchor);
  rememberChoice('mode', mode);
}

/**
 * Follows the address after a navigation within the page: to the mode that it names, or to the mode that shows its
 * hash.
 */
function followAddress(): void {
  const named = new URLSearchParams(location.search).get('filters') ?? '';
  if (isMode(named) && named !== root.dataset['mode']) return choose(named, null);
  const id = hashId(location.hash);
  const mode = parts.find((part) => part.id === id)?.mode;
  if (!mode || mode === root.dataset['mode']) return;
  choose(mode, null);
  document.getElementById(id)?.scrollIntoView();
}

/** When the page's address names a mode and a part that only the other mode shows, goes to the part's counterpart. */
function openAddress(): void {
  const mode = root.dataset['mode'];
  const fitting = mode && withFittingHash(new URL(location.href), mode, parts);
  if (!fitting || fitting.hash === location.hash) return;
  rewrite(fitting);
  document.getElementById(hashId(fitting.hash))?.scrollIntoView();
}

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches('.mode-filter input'))
    choose(target.value, target.closest('.mode-filter'));
});
addEventListener('popstate', followAddress);
addEventListener('hashchange', followAddress);
addEventListener('storage', ({ key, newValue }) => {
  if (key === 'mode' && newValue && isMode(newValue)) show(newValue, firstVisible());
});
// Browsers restore radio buttons when a page comes back; the mode on the root element is the one that counts.
addEventListener('pageshow', showInRadios);
showInRadios();
openAddress();

/** Returns the first visible block that both modes show. It stays in place when another tab switches the mode. */
function firstVisible(): Element | undefined {
  return [...document.querySelectorAll('article > *:not([data-show])')].find(
    (element) => element.getBoundingClientRect().bottom > 0,
  );
}
