/**
 * Lists a closed group's pages in the sidebar when it is opened. Without this script, or when the list cannot be
 * loaded, an open group links to the page that has it.
 */
function list({ target }: Event): void {
  if (!(target instanceof HTMLDetailsElement) || !target.open) return;
  void import('./group-pages.ts').then(({ fill }) => fill(target));
}

// The event does not bubble.
document.querySelector('.sidebar')!.addEventListener('toggle', list, true);
