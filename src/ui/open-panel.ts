import { element } from './element.ts';

/**
 * Opens a panel above the bar and returns it; it is removed when it closes. Focus returns to `opener`, the element that
 * was pressed.
 */
export function openPanel(title: string, opener: HTMLElement | undefined, ...parts: Node[]): HTMLElement {
  document.querySelector('[data-bar-panel]')?.remove();
  // Close the menu that the panel was chosen from first, so that the focus returns to its button.
  opener?.closest<HTMLElement>('[popover]')?.hidePopover();
  const panel = element(
    'div',
    { class: 'panel', popover: '', role: 'dialog', 'aria-label': title, 'data-bar-panel': '', tabindex: '-1' },
    element('p', { class: 'panel-title' }, title),
    ...parts,
  );
  (document.querySelector('[data-cluster]') ?? document.body).append(panel);
  panel.addEventListener('toggle', ({ newState }) => newState === 'closed' && panel.remove());
  panel.showPopover();
  panel.focus();
  return panel;
}
