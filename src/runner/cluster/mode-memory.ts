import type { Mode } from '../../../shared/protocol.ts';
import { keyOf, recall, remember, type Kept, type Remembered } from './remembered.ts';

/**
 * What is remembered of a mode of a page. All changes go through `change`, which stores them for all tabs. Claims and
 * resets make theirs here, runs in `run-memory.ts`.
 */
export class ModeMemory {
  readonly tutorial: string;
  readonly mode: Mode;
  readonly #ids: ReadonlySet<string>;
  #kept: Remembered;

  /** `ids` are the page's steps in that mode. */
  constructor(tutorial: string, mode: Mode, ids: ReadonlySet<string>) {
    this.tutorial = tutorial;
    this.mode = mode;
    this.#ids = ids;
    this.#kept = recall(tutorial, mode, ids);
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** Changes the memory and stores it. Returns the result of `work`. */
  change<T>(work: (kept: Remembered) => T): T {
    const result = work(this.#kept);
    remember(this.tutorial, this.mode, this.#kept);
    return result;
  }

  /** Remembers the reader's sandbox. */
  setSandbox(id: string): void {
    this.change((kept) => (kept.sandbox = id));
  }

  /**
   * Forgets the sandbox, because it no longer exists. Keeps what was done in it, which then counts as out of date,
   * unless `forgetsSteps`.
   */
  loseSandbox(forgetsSteps = false): void {
    this.change((kept) => {
      delete kept.sandbox;
      delete kept.run;
      if (forgetsSteps) [kept.done, kept.failed] = [{}, {}];
    });
  }

  /**
   * Reads the stored memory again after another tab changed it. `key` is the storage event's key, null when everything
   * was cleared. Returns false when the change concerned something else.
   */
  takeOver(key: string | null): boolean {
    if (key !== keyOf(this.tutorial, this.mode) && key !== null) return false;
    this.#kept = recall(this.tutorial, this.mode, this.#ids);
    return true;
  }
}
