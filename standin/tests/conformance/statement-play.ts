import { Connection, trouble, type Address } from './statement-connection.ts';
import type { Login, Seen, Session, Step } from './statement-recording.ts';

/** Long enough for a blocking statement to reach its lock. */
const REACH_LOCK_MS = 400;

/**
 * Plays a session and passes every step with its outcome to `each`, in the order of the steps. Throws when the engine
 * cannot be prepared for the session.
 */
export async function playSession(
  address: Address,
  session: Session,
  each: (step: Step, seen: Seen) => void,
): Promise<void> {
  const root = await Connection.open(address, { user: 'root', database: 'defaultdb' });
  const play = new Play(address, session, each);
  try {
    await clean(root, session);
    await prepare(root, session);
    for (const step of session.steps) await play.step(step);
    await play.settle();
  } finally {
    await play.close();
    await clean(root, session).catch(() => undefined);
    await root.close();
  }
}

async function clean(root: Connection, session: Session): Promise<void> {
  for (const name of [session.database, ...(session.databases ?? [])]) {
    if (name !== 'defaultdb') await root.ask({ sql: `DROP DATABASE IF EXISTS ${name} CASCADE` });
  }
  for (const sql of session.cleanup ?? []) await root.ask({ sql });
}

async function prepare(root: Connection, session: Session): Promise<void> {
  const statements = [
    ...(session.database === 'defaultdb' ? [] : [`CREATE DATABASE ${session.database}`]),
    ...(session.setup ?? []),
  ];
  for (const sql of statements) {
    const { error } = await root.ask({ sql });
    if (error) throw new Error(`${sql}: ${error.message}`);
  }
}

class Play {
  readonly #open = new Map<string, Connection>();
  readonly #pending = new Map<string, () => Promise<void>>();
  readonly #seen = new Map<Step, Seen>();
  readonly #address: Address;
  readonly #session: Session;
  readonly #each: (step: Step, seen: Seen) => void;

  constructor(address: Address, session: Session, each: (step: Step, seen: Seen) => void) {
    this.#address = address;
    this.#session = session;
    this.#each = each;
  }

  async step(step: Step): Promise<void> {
    const name = step.connection ?? 'a';
    await this.#pending.get(name)?.();
    if (step.close) {
      await this.#open.get(name)?.close();
      this.#open.delete(name);
      return;
    }
    const connection = this.#open.get(name) ?? (await this.#connect(name, step));
    if (!connection || step.connect) return;
    const asked = connection.ask({ ...step, sql: this.#filled(step.sql) });
    if (!step.blocks) return this.#tell(step, await asked);
    this.#pending.set(name, async () => {
      this.#pending.delete(name);
      this.#tell(step, await asked);
    });
    await new Promise((wake) => setTimeout(wake, REACH_LOCK_MS));
  }

  async settle(): Promise<void> {
    for (const settle of [...this.#pending.values()]) await settle();
  }

  async close(): Promise<void> {
    for (const connection of this.#open.values()) await connection.close();
  }

  async #connect(name: string, step: Step): Promise<Connection | undefined> {
    const login: Login = {
      user: this.#session.user ?? 'root',
      database: this.#session.database,
      ...this.#session.connections?.[name],
      ...step.connect,
    };
    try {
      const connection = await Connection.open(this.#address, login);
      this.#open.set(name, connection);
      if (step.connect) this.#tell(step, { answers: [], error: null, status: 'I' });
      return connection;
    } catch (error) {
      this.#tell(step, { answers: [], error: trouble(error), status: null });
      return undefined;
    }
  }

  #tell(step: Step, seen: Seen): void {
    this.#seen.set(step, seen);
    if (step.expect) this.#each(step, seen);
  }

  /** Replaces `{cell:STEP.ROW.COLUMN}` by what an earlier step answered, as a driver would. */
  #filled(sql: string | undefined): string | undefined {
    return sql?.replace(/\{cell:(\d+)\.(\d+)\.(\d+)\}/g, (_, step: string, row: string, column: string) => {
      const seen = this.#seen.get(this.#session.steps[Number(step)]!);
      return seen?.answers[0]?.rows[Number(row)]?.[Number(column)] ?? 'NULL';
    });
  }
}
