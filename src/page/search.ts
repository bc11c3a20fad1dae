import { SEARCH_AWAY } from '../sentences/search-sentences.ts';

const dialog = document.querySelector<HTMLDialogElement>('[data-search]')!;
const input = dialog.querySelector('input')!;
const status = dialog.querySelector<HTMLElement>('[data-search-status]')!;

/** Opens the search dialog. Its code is loaded when it is first opened. */
function open(): void {
  dialog.showModal();
  input.select();
  import('./search-dialog.ts').catch(() => {
    status.textContent = SEARCH_AWAY;
  });
}

document.querySelector('[data-search-open]')?.addEventListener('click', open);
addEventListener('keydown', (event) => {
  const typing =
    event.target instanceof Element &&
    event.target.closest('input:not([type="radio"]), textarea, select, [contenteditable]');
  const wanted = (event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
  if (!wanted || dialog.open) return;
  event.preventDefault();
  open();
});
// Without this, the first Escape would only clear the field, and Enter would close the dialog by submitting its form.
input.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') dialog.close();
  else if (event.key !== 'Enter') return;
  event.preventDefault();
});
dialog.addEventListener('click', (event) => {
  // A press outside the dialog's content targets the dialog itself. A result on the current page does not close the
  // dialog by itself.
  if (event.target === dialog || (event.target instanceof Element && event.target.closest('a'))) dialog.close();
});
