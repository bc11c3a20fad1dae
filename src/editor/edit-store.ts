import type { Block } from '../runner/step/block.ts';
import { editsKey, readEdits, type KeptEdit } from '../runner/step/kept-edits.ts';
import { writeStored } from '../ui/storage.ts';
import { hash } from '../runner/step/plan.ts';

/** The most characters of a tutorial's edits that are kept for other tabs. The oldest edits are dropped first. */
export const MAX_CHARACTERS = 256 * 1024;
/** The most edits of one step that are kept: each open tab may have its own. */
export const MAX_OF_STEP = 3;
/** Edits are stored after this pause, so that typing is not slowed down by the storage. */
const PAUSE_MS = 250;

/**
 * Returns the stored edits with `edit` in place of the edit whose text is `before`, newest first and bounded. Other
 * tabs' edits of the step, which have other texts, stay. Pure.
 */
export function withEdit(kept: readonly KeptEdit[], edit: KeptEdit, before: string | undefined): KeptEdit[] {
  const others = kept.filter(({ step, text }) => step !== edit.step || (text !== before && text !== edit.text));
  let [characters, ofStep] = [0, 0];
  return [...(edit.text === undefined ? [] : [edit]), ...others].filter(({ step, text = '' }) => {
    ofStep += step === edit.step ? 1 : 0;
    characters += text.length;
    return characters <= MAX_CHARACTERS && (step !== edit.step || ofStep <= MAX_OF_STEP);
  });
}

/** Returns the valid edits among stored values. */
export function editsIn(kept: readonly (KeptEdit | null)[] = []): KeptEdit[] {
  return kept.filter(
    (edit): edit is KeptEdit => typeof edit?.step === 'string' && typeof (edit.text ?? '') === 'string',
  );
}

/** Stores the edits of a page: the tab's own in `sessionStorage`, and for new tabs in `localStorage`. */
export class EditStore {
  readonly #tutorial: string;
  /** The text that this tab last stored, by step. */
  readonly #before: Map<string, string | undefined>;
  readonly #waiting = new Set<Block>();
  #own: KeptEdit[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `own` are the edits that this tab has stored so far. */
  constructor(tutorial: string, own: KeptEdit[], blocks: readonly Block[]) {
    this.#tutorial = tutorial;
    this.#own = own;
    this.#before = new Map(blocks.map(({ id, edited }) => [id, edited]));
    addEventListener('pagehide', () => this.flush());
    document.addEventListener('visibilitychange', () => this.flush());
  }

  /** Stores a block's current text after a short pause. */
  put(block: Block): void {
    this.#waiting.add(block);
    this.#timer ??= setTimeout(() => this.flush(), PAUSE_MS);
  }

  /** Stores all waiting edits at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { id, edited, original } of this.#waiting) {
      this.#keep({ step: id, of: hash(original), text: edited }, this.#before.get(id));
      this.#before.set(id, edited);
    }
    this.#waiting.clear();
  }

  /** Deletes an edit for all tabs. */
  drop({ step, text }: KeptEdit): void {
    this.#own = this.#own.filter((own) => own.step !== step || own.text !== text);
    writeStored(() => sessionStorage, editsKey(this.#tutorial), this.#own);
    this.#write((kept) => kept.filter((each) => each.step !== step || each.text !== text));
  }

  #keep(edit: KeptEdit, before: string | undefined): void {
    this.#own = [edit, ...this.#own.filter(({ step, of }) => step !== edit.step || of !== edit.of)];
    writeStored(() => sessionStorage, editsKey(this.#tutorial), this.#own);
    this.#write((kept) => withEdit(kept, edit, before));
  }

  /**
   * Reads the stored edits again before changing them, because other tabs change them too. If there is not enough room,
   * tries once more without the older half.
   */
  #write(change: (kept: KeptEdit[]) => KeptEdit[]): void {
    const kept = change(editsIn(readEdits(() => localStorage, this.#tutorial)));
    const put = (edits: KeptEdit[]): boolean => writeStored(() => localStorage, editsKey(this.#tutorial), edits);
    if (!put(kept)) put(kept.slice(0, Math.ceil(kept.length / 2)));
  }
}
