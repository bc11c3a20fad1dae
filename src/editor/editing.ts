import type { Block } from '../runner/step/block.ts';
import type { KeptEdit } from '../runner/step/kept-edits.ts';
import { hash } from '../runner/step/plan.ts';
import { BlockEditor } from './block-editor.ts';
import { editsIn, EditStore } from './edit-store.ts';
import { offerEdit } from './edit-offer.ts';

/** The reader's edits of a page: an editor for each block, and offers of stored edits. */
export class Editing {
  readonly #blocks: Map<string, Block>;
  readonly #editors = new Map<string, BlockEditor>();
  readonly #store: EditStore;
  readonly #onChange: () => void;
  readonly #onRun: (id: string) => void;

  /**
   * `kept` are this tab's own stored edits and those of all tabs, unchecked. The blocks already show this tab's own.
   */
  constructor(
    tutorial: string,
    blocks: Block[],
    kept: (KeptEdit | null)[][],
    onChange: () => void,
    onRun: (id: string) => void,
  ) {
    this.#blocks = new Map(blocks.map((block) => [block.id, block]));
    const [own, all] = [editsIn(kept[0]), editsIn(kept[1])];
    this.#onChange = onChange;
    this.#onRun = onRun;
    this.#store = new EditStore(tutorial, own, blocks);
    for (const block of blocks) {
      if (block.edited !== undefined) this.of(block).draw();
      this.#offer(block, own, all);
    }
  }

  /**
   * Replaces a block's text as if it had been typed: it is stored and can be undone. Undefined restores the author's
   * text. Ignores unknown steps.
   */
  set(id: string, text: string | undefined): void {
    const block = this.#blocks.get(id);
    if (block) this.of(block).put(text);
  }

  /** Opens or closes a block's editor. Rejects when the editor's code cannot be loaded. */
  async toggle(id: string): Promise<void> {
    const block = this.#blocks.get(id);
    if (block) await this.of(block).toggle();
  }

  /** Returns a block's editor, open or not. */
  of(block: Block): BlockEditor {
    const { id } = block;
    const changed = (): void => {
      this.#store.put(block);
      this.#onChange();
    };
    const editor = this.#editors.get(id) ?? new BlockEditor(block, changed, () => this.#onRun(id));
    this.#editors.set(id, editor);
    return editor;
  }

  /** Offers a stored edit of an earlier version of the author's text, or of another tab when this tab has none. */
  #offer(block: Block, own: KeptEdit[], all: KeptEdit[]): void {
    const now = hash(block.original);
    const hasOwn = own.some(({ step, of }) => step === block.id && of === now);
    const isOffered = ({ step, of, text }: KeptEdit): boolean =>
      step === block.id &&
      text !== undefined &&
      text !== block.text &&
      text !== block.original &&
      (of !== now || !hasOwn);
    const edit = [...own, ...all].find(isOffered);
    if (edit) {
      offerEdit(block, { ...edit, text: edit.text!, isOfAnotherText: edit.of !== now }, (wanted) => {
        this.#store.drop(edit);
        if (wanted) this.set(block.id, edit.text);
      });
    }
  }
}
