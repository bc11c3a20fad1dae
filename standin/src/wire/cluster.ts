import { Backend } from './backend.ts';
import { CommitOrder } from './commit-order.ts';

/** What the cluster asks of each of its sessions. */
export interface OpenSession {
  /** Whoever knows it may cancel what the session does. */
  readonly cancelKey: Buffer;
  /** Cancels what the session does at the moment. */
  cancel: () => void;
  /** Goes to no database, when the session is in that one. Stays while it is in a transaction, unless `always`. */
  vacate: (database: string, always: boolean) => Promise<void>;
  close: () => void;
}

/** The one node that the stand-in is: what all its sessions share. */
export class Cluster {
  readonly order = new CommitOrder();
  /** Cluster settings that were changed, by name. */
  readonly settings = new Map<string, string>();
  /** Clients come with TLS and certificates. */
  readonly secure: boolean;
  /** Ends the program at once with an exit code, as `crdb_internal.force_panic` does. */
  readonly crash: (exitCode: number) => void;
  readonly #postgres: string;
  readonly #sessions = new Set<OpenSession>();
  #draining = false;

  /** `postgres` is the path of PostgreSQL's unix socket. */
  constructor(postgres: string, options: { secure: boolean; crash: (exitCode: number) => void }) {
    this.#postgres = postgres;
    this.secure = options.secure;
    this.crash = options.crash;
  }

  /** Whether new clients are refused. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Refuses new clients from now on, as `cockroach node drain` wants it. */
  drain(): void {
    this.#draining = true;
  }

  /** Connects to PostgreSQL. The caller closes it. Throws StatementError as PostgreSQL refuses. */
  async connect(user: string, database: string): Promise<Backend> {
    return await Backend.open(this.#postgres, user, database);
  }

  /** Counts a session among the open ones. Returns what takes it out again. */
  enter(session: OpenSession): () => void {
    this.#sessions.add(session);
    return () => this.#sessions.delete(session);
  }

  /** Cancels what the session with this key does; a key that nobody has does nothing. */
  cancel(key: Buffer): void {
    [...this.#sessions].find(({ cancelKey }) => cancelKey.equals(key))?.cancel();
  }

  /** Makes room for DROP DATABASE by `asking`: whoever is in there goes to no database. */
  async vacate(database: string, asking: OpenSession): Promise<void> {
    for (const session of this.#sessions) await session.vacate(database, session === asking);
  }

  /** Ends all sessions. */
  close(): void {
    for (const session of this.#sessions) session.close();
  }
}
