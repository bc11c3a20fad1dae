import type { Mode } from '../../../shared/protocol.ts';
import { keyOf, recall, remember, type Kept, type Remembered } from './remembered.ts';

/**
 * What is remembered of a mode of a page. It changes only by `change`, which stores it for all tabs: what claims and
 * resets do is here, what runs do is in `run-memory.ts`.
 */
export class ModeMemory {
  readonly tutorial: string;
  readonly mode: Mode;
  readonly #ids: ReadonlySet<string>;
  #kept: Remembered;

  /** `ids`: the steps that the page has in that mode. */
  constructor(tutorial: string, mode: Mode, ids: ReadonlySet<string>) {
    this.tutorial = tutorial;
    this.mode = mode;
    this.#ids = ids;
    this.#kept = recall(tutorial, mode, ids);
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** Changes it and stores it. Returns what `work` returns. */
  change<T>(work: (kept: Remembered) => T): T {
    const result = work(this.#kept);
    remember(this.tutorial, this.mode, this.#kept);
    return result;
  }

  /** The reader has that sandbox. */
  setSandbox(id: string): void {
    this.change((kept) => (kept.sandbox = id));
  }

  /** The sandbox no longer exists. What was done in it stays, and counts for nothing, unless `forgetsSteps`. */
  loseSandbox(forgetsSteps = false): void {
    this.change((kept) => {
      delete kept.sandbox;
      delete kept.run;
      if (forgetsSteps) [kept.done, kept.failed] = [{}, {}];
    });
  }

  /**
   * Reads again what is stored, after another tab changed it; `key` as the storage's event has it: null when everything
   * was cleared. False when the change was none of this.
   */
  takeOver(key: string | null): boolean {
    if (key !== keyOf(this.tutorial, this.mode) && key !== null) return false;
    this.#kept = recall(this.tutorial, this.mode, this.#ids);
    return true;
  }
}
