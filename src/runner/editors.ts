import type { Block } from './block.ts';
import type { Editor } from './editor.ts';
import { recallEdits, rememberEdits } from './memory.ts';

/** The editors of a page's blocks, each made when it is first opened; what the reader changed survives a reload of the tab. */
export class Editors {
  readonly #blocks: Map<string, Block>;
  readonly #editors = new Map<string, Promise<Editor>>();
  readonly #onChange: () => void;
  readonly #onRun: (id: string) => void;

  /** `onChange` hears that some block's text is another; `onRun` that the reader wants a block run from its editor. */
  constructor(tutorial: string, blocks: Block[], onChange: () => void, onRun: (id: string) => void) {
    this.#blocks = new Map(blocks.map((block) => [block.id, block]));
    this.#onRun = onRun;
    this.#onChange = () => {
      rememberEdits(tutorial, Object.fromEntries(blocks.flatMap(({ id, edited }) => (edited === undefined ? [] : [[id, edited]]))));
      onChange();
    };
    for (const [id, text] of Object.entries(recallEdits(tutorial))) {
      const block = this.#blocks.get(id);
      if (!block) continue;
      block.edited = text;
      void this.of(block).then((editor) => editor.draw(), () => {
        // What cannot be shown must not run.
        block.edited = undefined;
        onChange();
      });
    }
  }

  /** Opens a block's editor, or closes it. Throws when its program cannot be fetched. */
  async toggle(id: string): Promise<void> {
    const block = this.#blocks.get(id);
    if (block) (await this.of(block)).toggle();
  }

  /** A block's editor, which may not be open. Throws as `toggle` does. */
  of(block: Block): Promise<Editor> {
    const { id } = block;
    const made = this.#editors.get(id) ?? import('./editor.ts').then(({ Editor }) => new Editor(block, this.#onChange, () => this.#onRun(id)));
    this.#editors.set(id, made);
    made.catch(() => this.#editors.delete(id));
    return made;
  }
}
