/**
 * Opens the `details` that an element is folded away in. Returns how to scroll to the element then: at once where one
 * was opened, for the browser keeps what is in the window in its place meanwhile, which ends a smooth way there.
 */
export function openDetails(element: Element): ScrollBehavior {
  const details = element.closest('details:not([open])');
  details?.setAttribute('open', '');
  return details ? 'instant' : 'auto';
}
