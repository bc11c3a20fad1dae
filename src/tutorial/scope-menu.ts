import type { Block } from '../runner/step/block.ts';
import { button, element } from '../ui/element.ts';
import { walkedTo } from '../ui/walk.ts';
import { entriesOf, type Choice } from './scope-entries.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';

/** The menu next to a Run button, with what else can be run. The page has only one, created when it is first opened. */
export class ScopeMenu {
  readonly #menu = element('div', { class: 'panel scopes', popover: '', role: 'menu' });
  readonly #choose: (block: Block, choice: Choice) => void;
  #opener: HTMLElement | undefined;
  /** Whether the current press on its button has closed it, as any press outside does, and must not open it again. */
  #wasShut = false;

  constructor(choose: (block: Block, choice: Choice) => void) {
    this.#choose = choose;
    document.body.append(this.#menu);
    this.#menu.addEventListener('keydown', (event) => this.#walk(event));
    addEventListener(
      'pointerdown',
      ({ target }) => {
        this.#wasShut =
          this.#menu.matches(':popover-open') && target instanceof Node && this.#opener?.contains(target) === true;
      },
      { capture: true, passive: true },
    );
    this.#menu.addEventListener('toggle', ({ newState }) => {
      this.#opener?.setAttribute('aria-expanded', String(newState === 'open'));
      if (newState === 'open') this.#items[0]?.focus();
      else if (this.#menu.contains(document.activeElement)) this.#opener?.focus();
    });
  }

  /** Opens the menu below a block's button. `target` is the step that the block's Run button runs. */
  open(block: Block, opener: HTMLElement, workspace: Workspace, target: string): void {
    if (this.#wasShut) {
      this.#wasShut = false;
      return;
    }
    this.#opener = opener;
    this.#menu.setAttribute('aria-label', `Run: ${block.title}`);
    this.#menu.replaceChildren(
      ...entriesOf(workspace, block.id, target).map(({ choice, label, detail }) => {
        const item = button(
          '',
          () => {
            this.#menu.hidePopover();
            // The focused element is the one that is kept in view.
            opener.focus();
            this.#choose(block, choice);
          },
          { role: 'menuitem' },
        );
        item.append(element('span', {}, label), ' ', element('small', {}, detail));
        return item;
      }),
    );
    const { bottom, top, right } = opener.getBoundingClientRect();
    this.#menu.style.right = `${Math.max(8, document.documentElement.clientWidth - right)}px`;
    this.#menu.showPopover({ source: opener });
    const { height } = this.#menu.getBoundingClientRect();
    this.#menu.style.top = `${bottom + height + 4 < innerHeight ? bottom + 4 : Math.max(4, top - height - 4)}px`;
  }

  get #items(): HTMLButtonElement[] {
    return [...this.#menu.querySelectorAll('button')];
  }

  #walk(event: KeyboardEvent): void {
    const items = this.#items;
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = walkedTo(event.key, at, items.length, ['ArrowUp', 'ArrowDown']);
    if (event.key === 'Tab') this.#menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  }
}
