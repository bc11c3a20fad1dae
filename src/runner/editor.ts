import type { Block } from './block.ts';
import { button, element } from './element.ts';

/** Makes a block's code editable in a plain text area: Escape leaves it, Ctrl+Enter runs. The edit stays until Revert. */
export class Editor {
  readonly #block: Block;
  readonly #code: HTMLElement;
  readonly #published: Node[];
  readonly #onChange: () => void;
  readonly #onRun: () => void;
  readonly #revert: HTMLButtonElement;
  #area: HTMLTextAreaElement | undefined;
  /** The edit that Revert took away. */
  #undone: string | undefined;

  constructor(block: Block, onChange: () => void, onRun: () => void) {
    this.#block = block;
    this.#onChange = onChange;
    this.#onRun = onRun;
    this.#code = block.figure.querySelector<HTMLElement>('.code code')!;
    this.#published = [...this.#code.childNodes];
    this.#revert = button('', () => this.revert(), { 'data-action': 'revert' });
    this.#revert.hidden = true;
    block.button('edit')?.after(this.#revert);
    block.button('edit')?.setAttribute('aria-expanded', 'false');
  }

  /** Opens the editor, or closes it. */
  toggle(): void {
    if (this.#area) this.close();
    else this.open();
  }

  open(): void {
    const { text, title } = this.#block;
    const area = element('textarea', {
      class: 'editor',
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: 'off',
      rows: String(Math.min(40, text.split('\n').length + 1)),
      'aria-label': `Edit ${title}. Escape leaves the editor, Control and Enter run it.`,
    });
    area.value = text;
    area.addEventListener('input', () => {
      this.#block.edited = area.value === this.#block.original ? undefined : area.value;
      this.#undone = undefined;
      this.#drawMarks();
      this.#onChange();
    });
    area.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
      else if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      else if (!event.repeat) this.#onRun();
      event.preventDefault();
    });
    this.#area = area;
    this.draw();
    area.focus();
  }

  /** Leaves the editor; an edit stays, and is what the block shows. */
  close(): void {
    this.#area?.remove();
    this.#area = undefined;
    this.draw();
    this.#block.button('edit')?.focus();
  }

  /** Puts another text into the block, as if it had been typed; the author's own where it is undefined. */
  put(text: string | undefined): void {
    this.#block.edited = text === this.#block.original ? undefined : text;
    this.#undone = undefined;
    if (this.#area) this.#area.value = this.#block.text;
    this.#onChange();
    this.draw();
  }

  /** Back to what the author wrote; pressed again, back to the edit. */
  revert(): void {
    const { edited } = this.#block;
    this.#block.edited = edited === undefined ? this.#undone : undefined;
    this.#undone = edited;
    this.#onChange();
    const hadFocus = document.activeElement === this.#revert;
    this.close();
    if (hadFocus) this.#revert.focus();
  }

  /** Whether it is edited, and what the button beside can do about it. */
  #drawMarks(): void {
    const { edited, figure, title } = this.#block;
    figure.classList.toggle('edited', edited !== undefined);
    this.#revert.hidden = edited === undefined && this.#undone === undefined;
    const label = edited === undefined ? 'Undo revert' : 'Revert';
    if (this.#revert.textContent === label) return;
    this.#revert.textContent = label;
    this.#revert.setAttribute('aria-label', edited === undefined ? `Undo the revert of ${title}` : `Revert ${title} to what the page says`);
  }

  /** Shows the block's text as it is: edited, or published; or its editor. */
  draw(): void {
    const { edited, figure } = this.#block;
    const box = figure.querySelector<HTMLElement>('.code')!;
    if (this.#area) box.after(this.#area);
    box.hidden = this.#area !== undefined;
    this.#code.replaceChildren(...(edited === undefined ? this.#published : [edited]));
    this.#drawMarks();
    const edit = this.#block.button('edit');
    const label = this.#area ? 'Done' : 'Edit';
    if (edit) edit.textContent = label;
    this.#block.name('edit', this.#area ? 'Done with editing' : label);
    edit?.setAttribute('aria-expanded', String(this.#area !== undefined));
  }
}
