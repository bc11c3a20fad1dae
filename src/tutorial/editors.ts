import type { Editing } from '../editor/editing.ts';
import type { Block } from '../runner/step/block.ts';
import { readEdits } from '../runner/step/kept-edits.ts';
import { hash } from '../runner/step/plan.ts';

/**
 * The reader's edits of a page's blocks. They are in the blocks from the start; what shows and makes them comes when it
 * is needed.
 */
export class Editors {
  /** What shows and makes edits, with `edits` and `set`. Rejects when it cannot be fetched. */
  readonly load: () => Promise<Editing>;
  #editing: Promise<Editing> | undefined;

  /** `onChange` hears that some block's text is another; `onRun` that the reader wants a block run from its editor. */
  constructor(tutorial: string, blocks: Block[], onChange: () => void, onRun: (id: string) => void) {
    const kept = [readEdits(() => sessionStorage, tutorial), readEdits(() => localStorage, tutorial)];
    this.load = () => {
      this.#editing ??= import('../editor/editing.ts').then(
        ({ Editing }) => new Editing(tutorial, blocks, kept, onChange, onRun),
      );
      this.#editing.catch(() => (this.#editing = undefined));
      return this.#editing;
    };
    const all = kept.flat();
    for (const block of blocks)
      block.edited = all.find((edit) => edit?.step === block.id && edit.of === hash(block.original))?.text;
    if (all.length === 0) return;
    this.load().catch(() => {
      // What cannot be shown must not run.
      for (const block of blocks) block.edited = undefined;
      onChange();
    });
  }
}
