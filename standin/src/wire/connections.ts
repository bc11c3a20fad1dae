import type { Backend } from './backend.ts';
import type { Cluster } from './cluster.ts';
import { nameDatabase, sendVariables } from './settings-of-backend.ts';
import type { Transaction } from './transaction.ts';

/** PostgreSQL's database for a session that is in no database, as after dropping its own. */
export const NO_DATABASE = 'system';

/** Whose connections they are. */
interface Client {
  user: string;
  /** The client's database, which need not exist. */
  database: string;
  variables: ReadonlyMap<string, string>;
}

/**
 * A session's connections to PostgreSQL: one to its own database, which USE replaces, and those to other databases that
 * its transaction uses.
 */
export class Connections {
  readonly #cluster: Cluster;
  readonly #transaction: Transaction;
  readonly #user: string;
  readonly #variables: ReadonlyMap<string, string>;
  #database: string;
  /** Whether USE has changed the database in the transaction. */
  #hasMoved = false;
  #leaveOrder: () => void;

  /** The transaction has the connection to the session's database. */
  constructor(cluster: Cluster, transaction: Transaction, { user, database, variables }: Client) {
    this.#cluster = cluster;
    this.#transaction = transaction;
    this.#user = user;
    this.#variables = variables;
    this.#database = database;
    this.#leaveOrder = cluster.order.enter(transaction.backend);
  }

  /** The client's database. */
  get database(): string {
    return this.#database;
  }

  /** The connection to the session's database. */
  get backend(): Backend {
    return this.#transaction.backend;
  }

  /** The connection to the session's database, and those to others. */
  get all(): Backend[] {
    return [this.backend, ...this.#transaction.companions.all];
  }

  /** The databases that the transaction uses. */
  get databases(): string[] {
    return this.all.map(({ database }) => database);
  }

  /**
   * Returns the connection to another database, which takes part in the session's transaction. It is closed by `rest`.
   * Throws StatementError.
   */
  async companion(database: string): Promise<Backend> {
    const { companions } = this.#transaction;
    return await companions.get(database, this.backend, async () => await this.#connectTo(database));
  }

  /** Closes the connections to other databases, unless a transaction needs them. */
  async rest(): Promise<void> {
    if (this.#transaction.state !== 'none') return;
    this.#transaction.companions.leave();
    // A ROLLBACK takes back what PostgreSQL was told in the transaction.
    if (this.#hasMoved && !this.backend.lost) await nameDatabase(this.backend, this.#database);
    this.#hasMoved = false;
  }

  /** Moves the session to another database, as USE does. Throws StatementError when it does not exist. */
  async use(database: string): Promise<void> {
    if (this.#transaction.state !== 'none') return await this.#useInTransaction(database);
    const next = await this.#cluster.connect(this.#user, database);
    await sendVariables(next, this.#variables);
    this.#moveTo(next);
    this.#database = database;
  }

  /** Leaves the database, if the session is in it, for none. A session in a transaction stays, unless `always`. */
  async vacate(database: string, always: boolean): Promise<void> {
    if (this.#transaction.state === 'none' || always) this.#transaction.companions.leave(database);
    if (this.backend.database !== database) return;
    if (this.#transaction.state !== 'none' && !always) return;
    const next = await this.#cluster.connect(this.#user, NO_DATABASE);
    await nameDatabase(next, this.#database);
    this.#moveTo(next);
  }

  /** Runs internal statements on a connection of their own, outside the transaction. Throws StatementError. */
  async once(user: string, database: string, statements: readonly string[]): Promise<void> {
    const backend = await this.#cluster.connect(user, database);
    try {
      await backend.execute(...statements);
    } finally {
      backend.close();
    }
  }

  /** Disconnects from PostgreSQL. Can be called twice. */
  close(): void {
    this.#leaveOrder();
    this.#transaction.companions.leave();
    this.backend.close();
  }

  /** Connects this user to another database, and tells PostgreSQL there the session's variables and database. */
  async #connectTo(database: string): Promise<Backend> {
    const backend = await this.#cluster.connect(this.#user, database);
    await sendVariables(backend, this.#variables);
    await nameDatabase(backend, this.#database);
    return backend;
  }

  /** Makes the connection to another database the session's; both stay in the transaction. */
  async #useInTransaction(database: string): Promise<void> {
    await this.companion(database);
    const own = this.backend;
    const next = this.#transaction.companions.swap(database, own);
    this.#leaveOrder();
    this.#transaction.backend = next;
    this.#leaveOrder = this.#cluster.order.enter(next);
    this.#database = database;
    this.#hasMoved = true;
    for (const backend of [own, next]) await nameDatabase(backend, database);
    // What was done before cannot be repeated here.
    this.#transaction.log.sealed = true;
  }

  #moveTo(next: Backend): void {
    next.onEnd = this.backend.onEnd;
    this.#leaveOrder();
    this.backend.close();
    this.#transaction.backend = next;
    this.#leaveOrder = this.#cluster.order.enter(next);
  }
}
