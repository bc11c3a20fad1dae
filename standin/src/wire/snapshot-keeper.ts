import { SUPERUSER } from '../postgres/facts.mjs';
import { isBefore, systemTimeNow, type SystemTime } from '../sql/time-travel/system-time.ts';
import type { Backend } from './backend.ts';

/** A state is kept once nothing was written for so long: many writes in a row cost nothing. */
const QUIET_MS = 20;
/** PostgreSQL keeps the old rows of these states: after so many, or so long without a write, all are dropped. */
const MOST = 300;
const LONGEST_MS = 120_000;

/** A state of the database: it lasted from one write until the next, which may still be to come. */
interface Snapshot {
  id: string;
  from: SystemTime;
  until: SystemTime | undefined;
}

/**
 * Keeps snapshots of one database as it was between writes. A connection of its own exports them, and keeps its
 * transaction open (postgresql.org/docs/18/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION).
 */
export class SnapshotKeeper {
  readonly #open: (user: string, database: string) => Promise<Backend>;
  #holder: Backend | undefined;
  #snapshots: Snapshot[] = [];
  #taking: Promise<void> | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** How many writes are on their way, and how many ever were: a state that is taken meanwhile is of no use. */
  #underWay = 0;
  #writes = 0;

  /** `open` connects to PostgreSQL. */
  constructor(open: (user: string, database: string) => Promise<Backend>) {
    this.#open = open;
  }

  /** Call before a write may commit: the last state ends here. */
  async beforeWrite(): Promise<void> {
    this.#writes++;
    this.#underWay++;
    clearTimeout(this.#quiet);
    const last = this.#snapshots.at(-1);
    if (last) last.until ??= systemTimeNow();
    await this.#taking;
  }

  /** Call after a write to this database has ended, however: a new state begins, which is kept if it lasts. */
  afterWrite(database: string): void {
    const from = systemTimeNow();
    this.#underWay--;
    clearTimeout(this.#quiet);
    if (this.#underWay > 0) return;
    this.#quiet = setTimeout(() => this.#begin(database, from), QUIET_MS).unref();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.forget(), LONGEST_MS).unref();
  }

  /** Returns the id of the snapshot of a database as it was at that time; undefined when it is not kept. */
  find(database: string, time: SystemTime): string | undefined {
    if (this.#holder?.database !== database || this.#holder.lost) return undefined;
    return this.#snapshots.find(
      ({ from, until }) => !isBefore(time, from) && (until === undefined || isBefore(time, until)),
    )?.id;
  }

  /** Forgets all states, as after a change that old snapshots do not show, and disconnects. */
  async forget(): Promise<void> {
    clearTimeout(this.#quiet);
    await this.#taking;
    // Waits for PostgreSQL, which must not see the connection any more when the caller goes on.
    const holder = this.#holder;
    this.#snapshots = [];
    this.#holder = undefined;
    if (holder && !holder.lost) await holder.leave();
  }

  #begin(database: string, from: SystemTime): void {
    this.#taking = this.#take(database, from, this.#writes)
      .catch(() => this.#drop())
      .finally(() => (this.#taking = undefined));
  }

  async #take(database: string, from: SystemTime, writes: number): Promise<void> {
    if (this.#holder?.database !== database || this.#snapshots.length >= MOST) this.#drop();
    if (!this.#holder) {
      const holder = await this.#open(SUPERUSER, database);
      await holder.rows('SET idle_in_transaction_session_timeout = 0; BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY');
      this.#holder = holder;
    }
    const [[id] = []] = await this.#holder.rows('SELECT crdb_hidden.pg_export_snapshot()');
    if (id && writes === this.#writes) this.#snapshots.push({ id, from, until: undefined });
  }

  #drop(): void {
    this.#snapshots = [];
    this.#holder?.close();
    this.#holder = undefined;
  }
}
