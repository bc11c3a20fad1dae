import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { startVariables } from '../sql/session/variables.ts';
import { CRDB_VERSION } from '../identity/claimed-version.ts';
import { SUPERUSER } from '../postgres/facts.mjs';
import type { Frame } from '../protocol/message-reader.ts';
import type { Peer } from './greeting.ts';
import { int32, message, parameterStatus, ready } from '../protocol/messages.ts';
import type { Outbox } from './outbox.ts';
import { Session, type Server } from './session.ts';

/**
 * Lets a client in, or throws StatementError in CockroachDB's words
 * (cockroachlabs.com/docs/stable/security-reference/authentication).
 */
export async function admit(
  server: Server,
  peer: Peer,
  secure: boolean,
  outbox: Outbox,
  next: () => Promise<Frame | undefined>,
): Promise<Session> {
  const user = (peer.parameters.get('user') ?? '').toLowerCase();
  const database = peer.parameters.get('database') || 'defaultdb';
  if (secure && !peer.encrypted)
    throw new StatementError(SQLSTATE.protocolViolation, 'node is running secure mode, SSL connection required');
  const refusal = new StatementError(SQLSTATE.uncategorized, `password authentication failed for user ${user}`);
  if (user === '' || user === 'node' || user === SUPERUSER) throw refusal;
  if (secure && peer.certificate === undefined) throw refusal;
  if (secure && peer.certificate !== user)
    throw new StatementError(
      SQLSTATE.uncategorized,
      `requested user is ${user}, but certificate is for [${peer.certificate}]`,
    );
  const variables = startVariables(peer.parameters);
  const backend = await server.open(user, database).catch(async (error: unknown) => {
    if (!(error instanceof StatementError)) throw error;
    if (/not permitted to log in/.test(error.message))
      throw new StatementError(SQLSTATE.uncategorized, `${user} does not have login privilege`);
    if (error.fields.code === SQLSTATE.invalidAuthorizationSpecification) throw refusal;
    if (error.fields.code !== SQLSTATE.invalidCatalogName) throw error;
    return await server.open(user, 'system');
  });
  const session = new Session(server, backend, outbox, { user, database, variables }, next);
  await session.tellVariables(backend);
  if (backend.database !== database) await session.nameDatabase(backend);
  return session;
}

/** What a client hears first. */
export function welcome(session: Session): void {
  const { outbox, variables, user } = session;
  const told: [string, string][] = [
    ['server_version', '13.0.0'],
    ['server_encoding', 'UTF8'],
    ['client_encoding', 'UTF8'],
    ['application_name', variables.get('application_name') ?? ''],
    ['DateStyle', variables.get('datestyle') ?? 'ISO, MDY'],
    ['IntervalStyle', 'postgres'],
    ['TimeZone', variables.get('timezone') ?? 'UTC'],
    ['integer_datetimes', 'on'],
    ['standard_conforming_strings', 'on'],
    ['crdb_version', CRDB_VERSION],
    ['session_authorization', user],
    ['is_superuser', user === 'root' ? 'on' : 'off'],
  ];
  outbox.put(message('R', int32(0)));
  for (const [name, value] of told) outbox.put(parameterStatus(name, value));
  outbox.put(message('K', session.cancelKey));
  outbox.put(ready('I'));
  outbox.flush();
}
