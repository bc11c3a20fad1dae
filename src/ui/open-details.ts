/**
 * Opens the closed `details` that hides an element, if there is one. Returns how to scroll to the element: instantly if
 * a `details` was opened, because the browser's scroll anchoring would interrupt a smooth scroll.
 */
export function openDetails(element: Element): ScrollBehavior {
  const details = element.closest('details:not([open])');
  details?.setAttribute('open', '');
  return details ? 'instant' : 'auto';
}
