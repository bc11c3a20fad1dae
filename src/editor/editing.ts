import type { Block } from '../runner/step/block.ts';
import type { KeptEdit } from '../runner/step/kept-edits.ts';
import { hash } from '../runner/step/plan.ts';
import { BlockEditor } from './block-editor.ts';
import { editsIn, EditStore } from './edit-store.ts';
import { offerEdit } from './edit-offer.ts';

/** What the reader makes of a page's blocks: an editor for each, what is kept, and what is offered from before. */
export class Editing {
  readonly #blocks: Map<string, Block>;
  readonly #editors = new Map<string, BlockEditor>();
  readonly #store: EditStore;
  readonly #onChange: () => void;
  readonly #onRun: (id: string) => void;

  /**
   * `kept`: what this tab has kept of its own, and what is kept of all tabs; the blocks have of it what is theirs
   * already.
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
   * Puts a text into a block, as if it had been typed: it is kept, and can be undone. Undefined: the author's. Unknown
   * steps are left.
   */
  set(id: string, text: string | undefined): void {
    const block = this.#blocks.get(id);
    if (block) this.of(block).put(text);
  }

  /** Opens a block's editor, or closes it. Rejects when its program cannot be fetched. */
  async toggle(id: string): Promise<void> {
    const block = this.#blocks.get(id);
    if (block) await this.of(block).toggle();
  }

  /** A block's editor, which may not be open. */
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

  /** An edit of an earlier text of the author's, or of another tab where this one has none of its own. */
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
