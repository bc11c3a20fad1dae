import { element } from './element.ts';

/**
 * A panel above the bar that is there while it is open; `opener` is what was pressed, to which the keyboard comes back.
 */
export function openPanel(title: string, opener: HTMLElement | undefined, ...parts: Node[]): HTMLElement {
  document.querySelector('[data-bar-panel]')?.remove();
  // A menu that it was chosen from makes way, and gives the keyboard back first.
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
