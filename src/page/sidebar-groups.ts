const sidebar = document.querySelector<HTMLElement>('.sidebar')!;

/** Brings the current page into sight, which may be far down. On a small screen the sidebar has to be open. */
function showCurrent(): void {
  const current = sidebar.querySelector<HTMLElement>('[aria-current]');
  if (current) sidebar.scrollTop = current.offsetTop - sidebar.clientHeight / 2;
}

// When a closed group is opened, its pages are listed. Without this script, or when the list cannot be loaded, an open
// group links to the page that has it. The event does not bubble.
sidebar.addEventListener(
  'toggle',
  ({ target }) => {
    if (target === sidebar) showCurrent();
    else if (target instanceof HTMLDetailsElement && target.open)
      void import('./group-pages.ts').then(({ fill }) => fill(target));
  },
  true,
);
showCurrent();
