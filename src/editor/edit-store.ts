import type { Block } from '../runner/step/block.ts';
import { editsKey, readEdits, type KeptEdit } from '../runner/step/kept-edits.ts';
import { writeStored } from '../ui/storage.ts';
import { hash } from '../runner/step/plan.ts';

/** Characters of all edits of a tutorial that are kept for other tabs; the oldest go first. */
export const MAX_CHARACTERS = 256 * 1024;
/** Edits of one step that are kept: tabs that stay open may each have their own. */
export const MAX_OF_STEP = 3;
/** A reader who types is not made to wait for the storage. */
const PAUSE_MS = 250;

/**
 * What is kept with an edit in the place of `before`, the newest first, and bounded. An edit of another tab, which has
 * another text, stays. Pure.
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

/** Of what was read from the storage, what are edits. */
export function editsIn(kept: readonly (KeptEdit | null)[] = []): KeptEdit[] {
  return kept.filter(
    (edit): edit is KeptEdit => typeof edit?.step === 'string' && typeof (edit.text ?? '') === 'string',
  );
}

/** Keeps the edits of a page: in this tab's session, where they are its own, and for the tabs that come. */
export class EditStore {
  readonly #tutorial: string;
  /** By step, what was last kept of this tab's. */
  readonly #before: Map<string, string | undefined>;
  readonly #waiting = new Set<Block>();
  #own: KeptEdit[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `own` is what this tab has kept so far. */
  constructor(tutorial: string, own: KeptEdit[], blocks: readonly Block[]) {
    this.#tutorial = tutorial;
    this.#own = own;
    this.#before = new Map(blocks.map(({ id, edited }) => [id, edited]));
    addEventListener('pagehide', () => this.flush());
    document.addEventListener('visibilitychange', () => this.flush());
  }

  /** Keeps what a block has now, soon. */
  put(block: Block): void {
    this.#waiting.add(block);
    this.#timer ??= setTimeout(() => this.flush(), PAUSE_MS);
  }

  /** Keeps what waits to be kept. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { id, edited, original } of this.#waiting) {
      this.#keep({ step: id, of: hash(original), text: edited }, this.#before.get(id));
      this.#before.set(id, edited);
    }
    this.#waiting.clear();
  }

  /** An edit is no longer wanted by anybody. */
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
   * Other tabs write there too: what is there now is what is changed. Where there is no room the oldest half gives way,
   * once.
   */
  #write(change: (kept: KeptEdit[]) => KeptEdit[]): void {
    const kept = change(editsIn(readEdits(() => localStorage, this.#tutorial)));
    const put = (edits: KeptEdit[]): boolean => writeStored(() => localStorage, editsKey(this.#tutorial), edits);
    if (!put(kept)) put(kept.slice(0, Math.ceil(kept.length / 2)));
  }
}
