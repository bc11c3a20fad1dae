import { counted } from '../sentences/counted.ts';
import { element } from '../ui/element.ts';
import type { Completion, Hint } from './completions.ts';

/** Where the cursor is in the pane, pixels. */
export interface CursorBox {
  left: number;
  top: number;
  height: number;
}

const KINDS: Record<Completion['kind'], string> = {
  statement: 'statement',
  word: '',
  table: 'table',
  column: 'column',
  function: 'function',
};
/** Between the list and the line it is for, pixels. */
const GAP_PX = 4;

/** The list of what may go on at the cursor, with the arguments of a function above it. */
export class CompletionList {
  readonly #list = element('div', { role: 'listbox', 'aria-label': 'Completions' });
  readonly #hint = element('p', { class: 'arguments' });
  readonly #box = element('div', { class: 'completions' }, this.#hint, this.#list);
  readonly #said = element('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  readonly #choose: (completion: Completion) => void;
  #completions: Completion[] = [];
  #chosen = 0;

  /** `choose` hears of one that was pressed. */
  constructor(pane: HTMLElement, choose: (completion: Completion) => void) {
    this.#choose = choose;
    this.#box.hidden = true;
    // The focus stays in the terminal.
    this.#box.addEventListener('mousedown', (event) => event.preventDefault());
    pane.append(this.#box, this.#said);
  }

  get isShown(): boolean {
    return !this.#box.hidden && this.#completions.length > 0;
  }

  get chosen(): Completion | undefined {
    return this.isShown ? this.#completions[this.#chosen] : undefined;
  }

  /** Chooses another one; false where there is none that way. */
  walk(by: number): boolean {
    const to = this.#chosen + by;
    if (!this.isShown || to < 0 || to >= this.#completions.length) return false;
    this.#chosen = to;
    this.#draw();
    this.#said.textContent = this.#completions[to]!.label;
    return true;
  }

  show(completions: Completion[], hint: Hint | undefined, cursor: CursorBox): void {
    if (completions.length === 0 && !hint) return this.hide();
    const isSame =
      completions.map(({ label }) => label).join() === this.#completions.map(({ label }) => label).join() &&
      !this.#box.hidden;
    this.#completions = completions;
    if (!isSame) this.#chosen = 0;
    this.#hint.hidden = hint === undefined;
    if (hint)
      this.#hint.replaceChildren(
        `${hint.name}(`,
        ...hint.arguments.flatMap((name, index) => [
          index > 0 ? ', ' : '',
          index === hint.at ? element('b', {}, name) : name,
        ]),
        ')',
      );
    this.#list.hidden = completions.length === 0;
    this.#draw();
    this.#box.hidden = false;
    this.#place(cursor);
    if (!isSame)
      this.#said.textContent = [
        hint && this.#hint.textContent,
        completions[0] && `${counted(completions.length, 'completion')}: ${completions[0].label}. Tab takes it.`,
      ]
        .filter(Boolean)
        .join(' ');
  }

  hide(): void {
    this.#box.hidden = true;
    this.#completions = [];
    this.#said.textContent = '';
  }

  #draw(): void {
    const options = this.#completions.map((completion, index) => {
      const option = element(
        'div',
        { role: 'option', 'aria-selected': String(index === this.#chosen) },
        element('span', {}, completion.label),
        element('small', {}, KINDS[completion.kind]),
      );
      option.addEventListener('click', () => this.#choose(completion));
      return option;
    });
    this.#list.replaceChildren(...options);
    // Never `scrollIntoView`: that moves the page, too.
    const chosen = options[this.#chosen];
    if (chosen) this.#list.scrollTop = Math.max(0, chosen.offsetTop + chosen.offsetHeight - this.#list.clientHeight);
  }

  /** Above the line where that leaves the window’s head free, else below it. */
  #place({ left, top, height }: CursorBox): void {
    const { style, offsetHeight, offsetWidth, offsetParent } = this.#box;
    const pane = offsetParent as HTMLElement;
    const above = top - offsetHeight - GAP_PX;
    const isRoomBelow = top + height + offsetHeight + GAP_PX <= pane.clientHeight;
    style.top = `${isRoomBelow && above < 0 ? top + height + GAP_PX : above}px`;
    style.left = `${Math.max(0, Math.min(left, pane.clientWidth - offsetWidth - GAP_PX))}px`;
  }
}
