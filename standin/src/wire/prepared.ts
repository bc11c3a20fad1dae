import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Translation } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Backend } from './backend.ts';
import type { Place } from './placing.ts';
import type { Readers } from './relay.ts';

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
  /** Whether PostgreSQL has it too. */
  bound: boolean;
  described: boolean;
  readers: Readers;
}

/** The prepared statements and portals of one client, by their names. */
export class PreparedStatements {
  readonly #statements = new Map<string, Prepared>();
  readonly #portals = new Map<string, Portal>();

  addStatement(prepared: Prepared): void {
    this.#statements.set(prepared.name, prepared);
  }

  addPortal(portal: Portal): void {
    this.#portals.set(portal.name, portal);
  }

  hasStatement(name: string): boolean {
    return this.#statements.has(name);
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
    this.#statements.delete(name);
  }

  removePortal(name: string): void {
    this.#portals.delete(name);
  }

  /** Removes all portals: they end with their transaction. */
  removePortals(): void {
    this.#portals.clear();
  }

  clear(): void {
    this.#statements.clear();
    this.#portals.clear();
  }
}
