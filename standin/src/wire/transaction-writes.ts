import type { Writing } from './writing.ts';
import type { Backend } from './backend.ts';
import type { CommitOrder } from './commit-order.ts';
import type { History } from './history.ts';

/** What a transaction has written so far, and how it commits next to other transactions and the kept past. */
export class TransactionWrites {
  #wrote = false;
  #changed = false;
  readonly #order: CommitOrder;
  readonly #history: History;

  constructor(order: CommitOrder, history: History) {
    this.#order = order;
    this.#history = history;
  }

  /** Records that a statement has written. */
  note(writing: Writing): void {
    this.#wrote = true;
    this.#changed ||= writing === 'changes';
  }

  /**
   * Commits in its turn, by `commit`; when something was written, the state before is kept. Throws StatementError when
   * PostgreSQL refuses.
   */
  async commit(backend: Backend, commit: () => Promise<void>): Promise<void> {
    await this.#order.turn(backend);
    if (this.#wrote) await this.#history.write(backend.database, this.#changed, commit);
    else await commit();
  }

  clear(): void {
    this.#wrote = this.#changed = false;
  }
}
