import { dirname } from 'node:path';
import { Backend } from './backend.ts';
import { ShapeCache } from '../sql/translation/shape-cache.ts';
import { CommitOrder } from './commit-order.ts';
import { History } from './history.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import type { NodeControl, SessionFacts } from '../sql/translation/node.ts';
import { DiskSpace } from './disk-space.ts';
import { untilRecovered } from './recovery.ts';
import { readOwnFunctions } from './own-functions.ts';
import { JobLog } from './job-log.ts';

/** What the cluster needs from each of its sessions. */
export interface OpenSession {
  /** What it is and does. */
  readonly facts: SessionFacts;
  /** Whoever knows this key may cancel what the session is doing. */
  readonly cancelKey: Buffer;
  /** Cancels what the session is doing, if anything. Resolves when that was asked for. */
  cancel: () => Promise<void>;
  /** Leaves the database, if the session is in it, for none. A session in a transaction stays, unless `always`. */
  vacate: (database: string, always: boolean) => Promise<void>;
  close: () => void;
  /** Cancels what the session is doing, and ends it. */
  end: () => void;
}

/** The only node of the stand-in's cluster: what all sessions share. */
export class Cluster {
  readonly order = new CommitOrder();
  readonly history = new History(new SnapshotKeeper((user, database) => this.connect(user, database)));
  readonly disk: DiskSpace;
  readonly shapes = new ShapeCache();
  readonly jobs = new JobLog();
  /** The changed cluster settings, by name. */
  readonly settings = new Map<string, string>();
  /** Whether clients connect with TLS and certificates. */
  readonly secure: boolean;
  /** Ends the program at once with an exit code, as `crdb_internal.force_panic` does. */
  readonly crash: (exitCode: number) => void;
  readonly #postgres: string;
  readonly #sessions = new Set<OpenSession>();
  /** The names of the stand-in's own functions, which clients may not call. */
  #ownFunctions: ReadonlySet<string> | undefined;
  #draining = false;

  /** `postgres` is the path of PostgreSQL's unix socket, which is in its data directory. */
  constructor(postgres: string, options: { secure: boolean; limited?: boolean; crash: (exitCode: number) => void }) {
    this.#postgres = postgres;
    this.secure = options.secure;
    this.crash = options.crash;
    const owner = options.limited ? "the sandbox's" : 'the';
    this.disk = new DiskSpace(dirname(postgres), owner, (user, database) => this.connect(user, database));
  }

  /** Whether new clients are refused. */
  get draining(): boolean {
    return this.#draining;
  }

  get ownFunctions(): ReadonlySet<string> {
    return this.#ownFunctions ?? new Set();
  }

  /** Reads over a new connection which functions are the stand-in's own, unless it is known. Throws StatementError. */
  async learnOwnFunctions(backend: Backend): Promise<void> {
    this.#ownFunctions ??= await readOwnFunctions(backend);
  }

  /** Refuses new clients from now on, for `cockroach node drain`. */
  drain(): void {
    this.#draining = true;
  }

  /** Connects to PostgreSQL. The caller closes the connection. Throws StatementError when PostgreSQL refuses. */
  async connect(user: string, database: string): Promise<Backend> {
    // A session writes a little when it begins.
    return await this.disk.withReserve(() => untilRecovered(() => Backend.open(this.#postgres, user, database)));
  }

  /** Adds a session to the open ones. Returns a function that removes it. */
  enter(session: OpenSession): () => void {
    this.#sessions.add(session);
    return () => this.#sessions.delete(session);
  }

  /** Cancels what the session with this key is doing; an unknown key has no effect. */
  async cancel(key: Buffer): Promise<void> {
    await [...this.#sessions].find(({ cancelKey }) => cancelKey.equals(key))?.cancel();
  }

  /** Makes room on the full disk, in these databases. */
  async makeRoom(databases: readonly string[]): Promise<void> {
    // The snapshots of the past keep old rows from being removed.
    await this.history.snapshots.forget();
    for (const database of new Set(databases)) await this.disk.makeRoom(database);
  }

  /** What sessions may see and do of this node. */
  get control(): NodeControl {
    const sessions = this.#sessions;
    const find = (matches: (facts: SessionFacts) => boolean): OpenSession | undefined =>
      [...sessions].find(({ facts }) => matches(facts));
    return {
      get sessions() {
        return [...sessions].map(({ facts }) => facts);
      },
      jobs: this.jobs.jobs,
      cancelQuery: (id) => {
        const found = find(({ query }) => query?.id === id);
        void found?.cancel();
        return found !== undefined;
      },
      cancelSession: (id) => {
        const found = find((facts) => facts.id === id);
        found?.end();
        return found !== undefined;
      },
    };
  }

  /** Moves all other sessions out of a database that the session `asking` is about to drop. */
  async vacate(database: string, asking: OpenSession): Promise<void> {
    await this.history.snapshots.forget();
    for (const session of this.#sessions) await session.vacate(database, session === asking);
  }

  /** Ends all sessions. */
  close(): void {
    void this.history.snapshots.forget();
    for (const session of this.#sessions) session.close();
  }
}
