import { randomBytes } from 'node:crypto';
import { notSupported } from '../protocol/statement-error.ts';
import { fetchForeign, markForeign, MOST_TABLES, replaceMarks } from '../sql/databases/foreign-rows.ts';
import { findPlacement } from '../sql/databases/placement.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Context } from '../sql/translation/context.ts';
import type { Translation } from '../sql/translation/translation.ts';
import type { Backend } from './backend.ts';
import type { Place } from './place.ts';
import { contextElsewhere } from './session-context.ts';
import type { Session } from './session.ts';

/** A name that no client can guess. */
const NONCE = randomBytes(8).toString('hex');

/** Returns where a statement is carried out. Throws StatementError when it would need two databases at once. */
export async function findPlace(session: Session, statement: Statement): Promise<Place> {
  const { state } = session.transaction;
  // Where no statement is allowed, nothing is looked up either.
  const lookIn = async (name: string): Promise<Context> =>
    await contextOf(session, name === session.context.database ? undefined : name);
  const isAllowed = state === 'none' || state === 'open';
  const placement = isAllowed ? await findPlacement(statement, session.context, lookIn) : undefined;
  if (!placement) return { database: undefined, foreign: [] };
  const { database, foreign } = placement;
  return { database: database === session.context.database ? undefined : database, foreign };
}

/** Returns the connection of a place; of the session's own database, the connection at this moment. */
export async function backendOf(session: Session, { database }: Place): Promise<Backend> {
  return database === undefined ? session.backend : await session.connections.companion(database);
}

/** Translates a statement in its place, and reads what it needs from other databases. Throws StatementError. */
export async function translateThere(session: Session, place: Place, statement: Statement): Promise<Translation> {
  const context = await contextOf(session, place.database);
  if (!place.foreign.length) return await session.translate(statement, context);
  session.transaction.checkPast(context.database, statement, true);
  const tables = await readForeign(session, place);
  const marked = markForeign(statement, place.foreign, NONCE);
  return replaceMarks(await session.translate(marked, context), tables, NONCE);
}

/** Reads again what a statement needs from other databases. Returns what stands for each of the tables. */
export async function readForeign(session: Session, { database, foreign }: Place): Promise<string[]> {
  const home = await contextOf(session, database);
  const read = new Map<string, string>();
  const tables: string[] = [];
  for (const table of foreign) {
    const key = JSON.stringify([table.database, table.name.path]);
    if (!read.has(key)) {
      if (read.size === MOST_TABLES) throw notSupported(`more than ${MOST_TABLES} tables of other databases`);
      const there = table.database === session.context.database ? undefined : table.database;
      read.set(key, await fetchForeign(table, read.size, await contextOf(session, there), home));
    }
    tables.push(read.get(key)!);
  }
  return tables;
}

async function contextOf(session: Session, database: string | undefined): Promise<Context> {
  if (database === undefined) return session.context;
  const there = await session.connections.companion(database);
  return contextElsewhere(session.context, session.connections, there, database);
}
