import type { Editing } from '../editor/editing.ts';
import type { Block } from '../runner/step/block.ts';
import { readEdits } from '../runner/step/kept-edits.ts';
import { hash } from '../runner/step/plan.ts';

/**
 * The reader's edits of a page's blocks. The blocks have them from the start; the code that shows and makes edits is
 * loaded when it is needed.
 */
export class Editors {
  /** Loads the code that shows and makes edits. Rejects when it cannot be loaded. */
  readonly load: () => Promise<Editing>;
  #editing: Promise<Editing> | undefined;

  /** `onChange` is called when a block's text has changed, `onRun` when the reader runs a block from its editor. */
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
      // An edit that cannot be shown must not run.
      for (const block of blocks) block.edited = undefined;
      onChange();
    });
  }
}
