const dialog = document.querySelector<HTMLDialogElement>('[data-search]')!;
const input = dialog.querySelector('input')!;
const status = dialog.querySelector<HTMLElement>('[data-search-status]')!;

/** Opens the search; what searches comes when it is first opened. */
function open(): void {
  dialog.showModal();
  input.select();
  import('./search-dialog.ts').catch(() => {
    status.textContent = 'The search does not work now: the server cannot be reached.';
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
// A search field would take the first Escape to empty itself. Enter would close the dialog: it is a form's.
input.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') dialog.close();
  else if (event.key !== 'Enter') return;
  event.preventDefault();
});
dialog.addEventListener('click', (event) => {
  // A press beside the dialog's content lands on the dialog itself; a result on this very page leaves the dialog to us.
  if (event.target === dialog || (event.target instanceof Element && event.target.closest('a'))) dialog.close();
});
