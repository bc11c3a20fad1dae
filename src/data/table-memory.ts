import type { TablePage } from '../../shared/protocol.ts';
import { changesBetween, type Changes } from './changes.ts';
import { addPage, hasMoved, NO_TABLE, type Reading } from './reading.ts';

/** What was seen of a table: since the last step, and before it. */
export class TableMemory {
  before: Reading | undefined;
  #now: Reading | undefined;
  #isOld = false;

  /** Of a table that was not there before the last step. */
  static ofNew(): TableMemory {
    const memory = new TableMemory();
    memory.#now = NO_TABLE;
    memory.#isOld = true;
    return memory;
  }

  /** A step was done: what was seen is from before, as soon as something is seen again. */
  turn(): void {
    this.#isOld = true;
  }

  /** A page of it was read. Tells whether that is news: not just another page of what was there. */
  take(page: TablePage): boolean {
    // Programs in a terminal or behind the page change it, too.
    const isNews = this.#isOld || this.#now === undefined || hasMoved(this.#now, page);
    if (isNews) [this.before, this.#now] = [this.#now, undefined];
    this.#isOld = false;
    this.#now = addPage(this.#now, page);
    return isNews;
  }

  /** What the step did, as far as it was seen; undefined before there was one. */
  changes(page: TablePage): Changes | undefined {
    return this.before && this.#now && changesBetween(this.before, this.#now, page);
  }
}
