import type { TablePage } from '../../shared/protocol.ts';
import { changesBetween, type Changes } from './changes.ts';
import { addPage, hasMoved, NO_TABLE, type Reading } from './reading.ts';

/** What was read of a table since the last step, and before it. */
export class TableMemory {
  before: Reading | undefined;
  #now: Reading | undefined;
  #isOld = false;

  /** Returns the memory of a table that did not exist before the last step. */
  static ofNew(): TableMemory {
    const memory = new TableMemory();
    memory.#now = NO_TABLE;
    memory.#isOld = true;
    return memory;
  }

  /** Called after a step: the current reading becomes the old one at the next read. */
  turn(): void {
    this.#isOld = true;
  }

  /** Adds a page that was read. Returns whether it is a new reading, rather than another page of the same. */
  take(page: TablePage): boolean {
    // Programs in a terminal or in the background change the table too.
    const isNews = this.#isOld || this.#now === undefined || hasMoved(this.#now, page);
    if (isNews) [this.before, this.#now] = [this.#now, undefined];
    this.#isOld = false;
    this.#now = addPage(this.#now, page);
    return isNews;
  }

  /** Returns what the last step changed, as far as it was read; undefined when there was no step. */
  changes(page: TablePage): Changes | undefined {
    return this.before && this.#now && changesBetween(this.before, this.#now, page);
  }
}
