/** Tells screen readers the outcome, in the page's one live region. The same sentence twice is told twice. */
export function tellStatus(text: string): void {
  const status = document.querySelector('[data-status]');
  if (!status) return;
  status.textContent = '';
  requestAnimationFrame(() => {
    status.textContent = text;
  });
}
