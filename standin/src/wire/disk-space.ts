import { closeSync, openSync, readdirSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERUSER } from '../postgres/facts.mjs';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import type { Backend } from './backend.ts';

const MIB = 2 ** 20;
/** Freed while room is made: VACUUM, DROP and TRUNCATE themselves write a little. */
const RESERVE_BYTES = MIB;
const PIECE_BYTES = 32 << 10;
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
  #hasReserve = false;

  /** `data` is PostgreSQL's data directory; `owner` says whose limit it is, as in `the sandbox's`. */
  constructor(data: string, owner: string, connect: (user: string, database: string) => Promise<Backend>) {
    this.#data = data;
    this.#owner = owner;
    this.#connect = connect;
  }

  /** The error about a full disk, with the limit's name. */
  full(): StatementError {
    const { blocks, bsize } = statfsSync(this.#data);
    const size = Math.round((blocks * bsize) / MIB);
    return new StatementError(SQLSTATE.diskFull, `${this.#owner} disk is full: its databases may take ${size} MiB`, {
      hint: 'DROP, TRUNCATE and DELETE make room.',
    });
  }

  /** Keeps a little space back, if it is not kept already. Called before statements that may need more space. */
  keepReserve(): void {
    if (this.#hasReserve) return;
    this.#hasReserve = true;
    const file = openSync(this.#reserve, 'w');
    const piece = Buffer.alloc(PIECE_BYTES);
    try {
      for (let size = 0; size < RESERVE_BYTES; size += PIECE_BYTES) writeSync(file, piece);
    } catch {
      // Whatever is left is the reserve.
    } finally {
      closeSync(file);
    }
  }

  /** Throws StatementError (diskFull) when there is no room for another database. */
  requireRoomForDatabase(): void {
    const template = join(this.#data, TEMPLATE);
    const needed = readdirSync(template).reduce((sum, file) => sum + statSync(join(template, file)).size, 0);
    const { bavail, bsize } = statfsSync(this.#data);
    if (bavail * bsize < needed + RESERVE_BYTES) throw this.full();
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

  async #vacuum(database: string): Promise<void> {
    rmSync(this.#reserve, { force: true });
    this.#hasReserve = false;
    const backend = await this.#connect(SUPERUSER, database);
    try {
      const [[tables] = []] = await backend.rows(TABLES);
      if (!tables) return;
      // Pages of indexes that the first VACUUM empties can be used after a second one, in a later transaction.
      const vacuum = `VACUUM (SKIP_LOCKED) ${tables}`;
      await backend.execute(vacuum, 'SELECT crdb_hidden.pg_current_xact_id()', vacuum);
    } finally {
      backend.close();
    }
  }
}
