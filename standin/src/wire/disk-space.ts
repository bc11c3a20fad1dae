import { mkdirSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERUSER } from '../postgres/facts.mjs';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import type { Backend } from './backend.ts';

const MIB = 2 ** 20;
/** The reserve consists of files of this size, because a disk may also be full of files. */
const PIECE = Buffer.alloc(32 << 10);
/** Always kept, in pieces. It is memory in a sandbox, so most sandboxes should not need more. */
const SMALL_RESERVE = 32;
/** Kept when less than this is free, in pieces: enough to read the catalogs of a database for the first time. */
const RESERVE = 128;
const LOW_BYTES = 24 * MIB;
const LOW_FILES = 1024;
/** The template's database always has this oid in PostgreSQL. */
const TEMPLATE = join('base', '1');

const TABLES = `
  SELECT pg_catalog.string_agg(crdb_standin.format('%I.%I', n.nspname, c.relname), ', ')
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm')
    AND c.relpersistence <> 't'
    AND crdb_standin.is_client_schema(n.nspname)`;

/** Whether a statement failed because nothing more can be written. */
export function isDiskFull({ code }: ErrorFields): boolean {
  return code === SQLSTATE.diskFull;
}

/** The file system with the data of PostgreSQL, which a sandbox limits. */
export class DiskSpace {
  readonly #data: string;
  readonly #owner: string;
  readonly #connect: (user: string, database: string) => Promise<Backend>;
  #making: Promise<void> = Promise.resolve();
  /** How many pieces of the reserve there are. */
  #kept = 0;

  /** `data` is PostgreSQL's data directory; `owner` says whose limit it is, as in `the sandbox's`. */
  constructor(data: string, owner: string, connect: (user: string, database: string) => Promise<Backend>) {
    this.#data = data;
    this.#owner = owner;
    this.#connect = connect;
  }

  /** The error about a full disk, with the limit's name. */
  full(): StatementError {
    const { blocks, bsize, bavail, files, ffree } = statfsSync(this.#data);
    const limit =
      ffree / files < bavail / blocks ? `have ${files} files` : `take ${Math.round((blocks * bsize) / MIB)} MiB`;
    return new StatementError(SQLSTATE.diskFull, `${this.#owner} disk is full: its databases may ${limit}`, {
      hint: 'DROP, TRUNCATE and DELETE make room.',
    });
  }

  /**
   * Keeps a little space back, for clients to log in and to make room. Called before statements that may need more
   * space. Throws StatementError (diskFull) when there is too little left.
   */
  keepReserve(): void {
    const { bavail, bsize, ffree } = statfsSync(this.#data);
    const wanted = bavail * bsize < LOW_BYTES || ffree < LOW_FILES ? RESERVE : SMALL_RESERVE;
    if (this.#kept >= wanted) return;
    try {
      mkdirSync(this.#reserve, { recursive: true });
      for (; this.#kept < wanted; this.#kept++) writeFileSync(join(this.#reserve, `${this.#kept}`), PIECE);
    } catch {
      throw this.full();
    }
  }

  /** Does work for which the reserve is kept, and gives it back when that needs it. Throws StatementError. */
  async withReserve<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StatementError) || !isDiskFull(error.fields)) throw error;
        if (this.#kept === 0) throw this.full();
        this.#releaseReserve();
      }
    }
  }

  /** Throws StatementError (diskFull) when there is no room for another database. */
  requireRoomForDatabase(): void {
    const template = join(this.#data, TEMPLATE);
    const sizes = readdirSync(template).map((file) => statSync(join(template, file)).size);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const { bavail, bsize, files, ffree } = statfsSync(this.#data);
    // Some file systems have no limit on files, and say 0.
    if (bavail * bsize < bytes || (files > 0 && ffree < sizes.length)) throw this.full();
  }

  /**
   * Frees the space of deleted rows, and of rows that failed transactions wrote, and returns the reserve. Never throws.
   */
  async makeRoom(database: string): Promise<void> {
    this.#making = this.#making.then(() => this.#vacuum(database)).catch(() => undefined);
    await this.#making;
  }

  get #reserve(): string {
    return join(this.#data, 'reserve');
  }

  #releaseReserve(): void {
    rmSync(this.#reserve, { force: true, recursive: true });
    this.#kept = 0;
  }

  async #vacuum(database: string): Promise<void> {
    this.#releaseReserve();
    const backend = await this.#connect(SUPERUSER, database);
    try {
      const [[tables] = []] = await backend.rows(TABLES);
      // Until a checkpoint, the files of dropped tables are empty, but there.
      await backend.execute('CHECKPOINT');
      if (!tables) return;
      // Pages of indexes that the first VACUUM empties can be used after a second one, in a later transaction.
      const vacuum = `VACUUM (SKIP_LOCKED) ${tables}`;
      await backend.execute(vacuum, 'SELECT crdb_hidden.pg_current_xact_id()', vacuum);
    } finally {
      backend.close();
    }
  }
}
