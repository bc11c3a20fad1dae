import { randomBytes } from 'node:crypto';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../protocol/statement-error.ts';
import type { Forward, Translation } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Backend } from './backend.ts';
import type { Place } from './place.ts';
import type { Readers } from './relay.ts';

/**
 * What PostgreSQL calls the unnamed statement and the unnamed portal. Its own unnamed ones end with every simple query,
 * and the stand-in looks things up by simple queries. No client can guess the name.
 */
const UNNAMED = `unnamed ${randomBytes(8).toString('hex')}`;

/** Returns PostgreSQL's name of a client's statement or portal. */
export function nameForPostgres({ name }: { name: string }): string {
  return name || UNNAMED;
}

/** A prepared statement of a client. */
export interface Prepared {
  name: string;
  /** Undefined for an empty text. */
  statement: Statement | undefined;
  /** The expression of its AS OF SYSTEM TIME, which the statement has no more. */
  when: Statement | undefined;
  /** The parameter types, as in the client's Parse. */
  types: Buffer;
  place: Place;
  translation: Translation | undefined;
  /** The connection that has parsed it; after `USE` it must be parsed again. */
  parsedOn: Backend | undefined;
}

/** A prepared statement with the values of its parameters. */
export interface Portal {
  name: string;
  prepared: Prepared;
  /** The client's Bind, without its two names. */
  values: Buffer;
  /** The number of the transaction in which PostgreSQL has it too (`Transaction.number`). */
  boundIn: number | undefined;
  described: boolean;
  readers: Readers;
  /** The command tag, once all rows were sent. */
  completed: string | undefined;
}

/** The portal of a Bind of which PostgreSQL has not been told. */
export interface Opening {
  portal: Portal;
  translation: Forward;
  /** Whether the client waits for the portal's description, too. */
  isDescribed: boolean;
}

/** The tokens of all prepared statements of a client: 50 bytes each, while the program has 96 MiB. */
const MOST_TOKENS = 400_000;

/** An empty statement takes memory, too. */
function sizeOf(prepared: Prepared | undefined): number {
  return prepared ? 1 + (prepared.statement?.tokens.length ?? 0) : 0;
}

/** The prepared statements and portals of one client, by their names. */
export class PreparedStatements {
  readonly #statements = new Map<string, Prepared>();
  readonly #portals = new Map<string, Portal>();
  /** The tokens of all statements. */
  #size = 0;

  /** Throws StatementError (featureNotSupported) when the statements of the client take too much memory. */
  addStatement(prepared: Prepared): void {
    const size = this.#size - sizeOf(this.#statements.get(prepared.name)) + sizeOf(prepared);
    if (size > MOST_TOKENS) throw notSupported(`prepared statements of more than ${MOST_TOKENS} words and signs`);
    this.#size = size;
    this.#statements.set(prepared.name, prepared);
  }

  /** Throws StatementError (duplicateCursor) when a portal has that name; a new unnamed one replaces the old. */
  addPortal(portal: Portal): void {
    if (portal.name && this.#portals.has(portal.name))
      throw new StatementError(SQLSTATE.duplicateCursor, `portal "${portal.name}" already exists`);
    this.#portals.set(portal.name, portal);
  }

  findStatement(name: string): Prepared | undefined {
    return this.#statements.get(name);
  }

  findPortal(name: string): Portal | undefined {
    return this.#portals.get(name);
  }

  /** Throws StatementError 26000 when there is none with this name. */
  statement(name: string): Prepared {
    const prepared = this.#statements.get(name);
    if (!prepared) throw new StatementError(SQLSTATE.invalidSqlStatementName, `unknown prepared statement "${name}"`);
    return prepared;
  }

  /** Throws StatementError 34000 when there is none with this name. */
  portal(name: string): Portal {
    const portal = this.#portals.get(name);
    if (!portal) throw new StatementError(SQLSTATE.invalidCursorName, `unknown portal "${name}"`);
    return portal;
  }

  removeStatement(name: string): void {
    this.#size -= sizeOf(this.#statements.get(name));
    this.#statements.delete(name);
  }

  removePortal(name: string): void {
    this.#portals.delete(name);
  }

  /** Removes all portals: they end with their transaction. */
  removePortals(): void {
    this.#portals.clear();
  }

  removeStatements(): void {
    this.#size = 0;
    this.#statements.clear();
  }

  clear(): void {
    this.removeStatements();
    this.removePortals();
  }
}
