import { element } from '../ui/element.ts';
import type { Completion, Hint } from './completions.ts';
import { completionSentence } from '../sentences/terminal-sentences.ts';

/** The cursor's position in the pane, in pixels. */
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
/** The gap between the list and the cursor's line, in pixels. */
const GAP_PX = 4;

/** The list of completions at the cursor, with the current function's arguments above it. */
export class CompletionList {
  readonly #list = element('div', { role: 'listbox', 'aria-label': 'Completions' });
  readonly #hint = element('p', { class: 'arguments' });
  readonly #box = element('div', { class: 'completions' }, this.#hint, this.#list);
  readonly #said = element('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  readonly #choose: (completion: Completion) => void;
  #completions: Completion[] = [];
  #chosen = 0;

  /** `choose` is called when a completion is clicked. */
  constructor(pane: HTMLElement, choose: (completion: Completion) => void) {
    this.#choose = choose;
    this.#box.hidden = true;
    // Keeps the focus in the terminal.
    this.#box.addEventListener('mousedown', (event) => event.preventDefault());
    pane.append(this.#box, this.#said);
  }

  get isShown(): boolean {
    return !this.#box.hidden && this.#completions.length > 0;
  }

  get chosen(): Completion | undefined {
    return this.isShown ? this.#completions[this.#chosen] : undefined;
  }

  /** Moves the choice by `by`. Returns false when there is no completion there. */
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
        completions[0] && completionSentence(completions.length, completions[0].label),
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
    // Not `scrollIntoView`, which would scroll the page too.
    const chosen = options[this.#chosen];
    if (chosen) this.#list.scrollTop = Math.max(0, chosen.offsetTop + chosen.offsetHeight - this.#list.clientHeight);
  }

  /** Places the list above the cursor's line, or below it when there is only room there. */
  #place({ left, top, height }: CursorBox): void {
    const { style, offsetHeight, offsetWidth, offsetParent } = this.#box;
    const pane = offsetParent as HTMLElement;
    const above = top - offsetHeight - GAP_PX;
    const isRoomBelow = top + height + offsetHeight + GAP_PX <= pane.clientHeight;
    style.top = `${isRoomBelow && above < 0 ? top + height + GAP_PX : above}px`;
    style.left = `${Math.max(0, Math.min(left, pane.clientWidth - offsetWidth - GAP_PX))}px`;
  }
}
