/** Tells screen readers the outcome, in the page's one live region. */
export function tellStatus(text: string): void {
  const status = document.querySelector('[data-status]');
  if (status) status.textContent = text;
}
