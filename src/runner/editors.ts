import type { Block } from './block.ts';
import { Editor } from './editor.ts';
import { recallEdits, rememberEdits } from './memory.ts';

/** The editors of a page's blocks; what the reader changed survives a reload of the tab. */
export class Editors {
  readonly #editors: Map<string, Editor>;

  /** `onChange` hears that some block's text is another; `onRun` that the reader wants a block run from its editor. */
  constructor(tutorial: string, blocks: Block[], onChange: () => void, onRun: (id: string) => void) {
    const changed = (): void => {
      rememberEdits(tutorial, Object.fromEntries(blocks.flatMap(({ id, edited }) => (edited === undefined ? [] : [[id, edited]]))));
      onChange();
    };
    this.#editors = new Map(blocks.map((block) => [block.id, new Editor(block, changed, () => onRun(block.id))]));
    for (const [id, text] of Object.entries(recallEdits(tutorial))) this.#editors.get(id)?.restore(text);
  }

  /** Opens a block's editor, or closes it. */
  toggle(id: string): void {
    this.#editors.get(id)?.toggle();
  }
}
