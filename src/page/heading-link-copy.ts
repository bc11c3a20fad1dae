import { copiedSentence } from '../sentences/copy-sentences.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';

/** How long the link shows whether it was copied, in milliseconds. */
const OUTCOME_MS = 2000;

/** Copies a heading's address, which names the mode if only one mode shows the heading. */
async function copyLink(link: HTMLAnchorElement): Promise<void> {
  const address = new URL(link.getAttribute('href')!, new URL(location.pathname, location.origin));
  const copied = await writeClipboard(address.href);
  // If it cannot be copied, it is at least in the address bar.
  if (!copied) location.hash = address.hash;
  link.dataset['told'] = copied ? 'Copied' : 'Not copied';
  const status = document.querySelector('[data-status]');
  if (status)
    status.textContent = copied
      ? 'The link was copied to the clipboard.'
      : copiedSentence(false, 'take the link from the address bar');
  setTimeout(() => delete link.dataset['told'], OUTCOME_MS);
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-heading-link]') : null;
  const wantsItself = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || wantsItself) return;
  event.preventDefault();
  void copyLink(link);
});
