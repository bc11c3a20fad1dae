import type { Cluster } from '../cluster/cluster.ts';
import { readTablePage } from '../cluster/table-page.ts';
import { readTables } from '../cluster/tables.ts';
import { AppError } from '../errors.ts';
import type { Holdings, TablePage, TableQuery } from '../../shared/protocol.ts';
import { ROWS_UNWANTED } from '../sentences/database-sentences.ts';

const READ_MS = 3000;
/** Shorter while a transaction is open, because CockroachDB's reads wait for rows that it has written. */
const READ_IN_TRANSACTION_MS = 1000;

/** Reads something from a cluster, until the signal aborts. */
type Read<T> = (cluster: Cluster, signal: AbortSignal) => Promise<T>;

/** What `TableReads` needs from the sandbox. */
export interface TableReadsOwner {
  /** Whether the reader has an open transaction, which may lock the tables. */
  isInTransaction(): boolean;
  /** Throws the error to show for a failed read. Called once for all who share a read. */
  explain(cause: unknown): Promise<never>;
}

/** Reads a cluster's tables for its reader, with a deadline; simultaneous requests share a read or wait. */
export class TableReads {
  readonly #cluster: Cluster;
  readonly #owner: TableReadsOwner;
  #shared: Promise<Holdings> | undefined;
  /** The last requested page; pages are read one after the other. */
  #lastPage: Promise<unknown> = Promise.resolve();

  constructor(cluster: Cluster, owner: TableReadsOwner) {
    this.#cluster = cluster;
    this.#owner = owner;
  }

  /** Reads all tables. Rejects like `readTables`. */
  async tables(): Promise<Holdings> {
    return await this.#read(readTables);
  }

  /** Reads all tables, once for simultaneous requests. Throws what `explain` throws. */
  async sharedTables(): Promise<Holdings> {
    this.#shared ??= this.tables()
      .catch((cause: unknown) => this.#owner.explain(cause))
      .finally(() => {
        this.#shared = undefined;
      });
    return await this.#shared;
  }

  /**
   * Reads some rows of a table, after earlier requests. Throws AppError `busy` when `unwanted` aborts before its turn,
   * and what `explain` throws.
   */
  async page(query: TableQuery, unwanted?: AbortSignal): Promise<TablePage> {
    const page = this.#lastPage.then(() => {
      if (unwanted?.aborted) throw new AppError('busy', ROWS_UNWANTED);
      return this.#read((cluster, signal) => readTablePage(cluster, query, signal)).catch((cause: unknown) =>
        this.#owner.explain(cause),
      );
    });
    this.#lastPage = page.catch(() => undefined);
    return await page;
  }

  /** Reads with a deadline, because a statement of the reader's may lock the tables for ever. */
  async #read<T>(read: Read<T>): Promise<T> {
    const ending = new AbortController();
    const late = setTimeout(() => ending.abort(), this.#owner.isInTransaction() ? READ_IN_TRANSACTION_MS : READ_MS);
    return await read(this.#cluster, ending.signal).finally(() => clearTimeout(late));
  }
}
