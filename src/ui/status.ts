/**
 * Announces a text to screen readers in the page's only live region. Announces it again when it is the same as the last
 * one.
 */
export function announce(text: string): void {
  const status = document.querySelector('[data-status]');
  if (!status) return;
  status.textContent = '';
  requestAnimationFrame(() => {
    status.textContent = text;
  });
}
