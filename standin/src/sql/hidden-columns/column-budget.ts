import { unimplemented } from '../../protocol/statement-error.ts';

/** More than any list of PostgreSQL's may have (1664), for a statement with several. */
const MOST = 10_000;

/** Counts the columns that are written into a statement: a few characters can stand for very many. */
export class ColumnBudget {
  #left = MOST;

  /** Throws StatementError (featureNotSupported) when there are too many. */
  spend(columns: number): void {
    this.#left -= columns;
    if (this.#left < 0)
      throw unimplemented(`the stand-in for CockroachDB names at most ${MOST} columns of stars in a statement`);
  }
}
