import { CRDB_VERSION } from '../identity/claimed-version.ts';
import { SUPERUSER } from '../postgres/facts.mjs';
import { encode, int32 } from '../protocol/encode.ts';
import { SERVER } from '../protocol/message-types.ts';
import { parameterStatus } from '../protocol/messages.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { changedDefaults } from '../sql/session/session-defaults.ts';
import { startVariables } from '../sql/session/variables.ts';
import type { Backend } from './backend.ts';
import type { Cluster } from './cluster.ts';
import type { Peer } from './greeting.ts';
import type { Outbox } from './outbox.ts';
import { NO_DATABASE } from './connections.ts';
import { Session } from './session.ts';
import { nameDatabase, sendVariables } from './settings-of-backend.ts';

/** The Authentication message that asks for nothing more. */
const AUTHENTICATION_OK = 0;
/** PostgreSQL's SQLSTATEs for a user and for a database that does not exist. */
const NO_USER = SQLSTATE.invalidAuthorizationSpecification;
const NO_SUCH_DATABASE = SQLSTATE.invalidCatalogName;
/** Users that nobody may log in as. */
const CLOSED = ['', 'node', SUPERUSER];

/**
 * Lets a client in, or throws StatementError in CockroachDB's words
 * (cockroachlabs.com/docs/stable/security-reference/authentication).
 */
export async function admit(cluster: Cluster, peer: Peer, outbox: Outbox): Promise<Session> {
  const user = (peer.parameters.get('user') ?? '').toLowerCase();
  const database = peer.parameters.get('database') || 'defaultdb';
  checkIdentity(user, peer, cluster.secure);
  const variables = new Map([...changedDefaults(cluster.settings), ...startVariables(peer.parameters)]);
  const backend = await openBackend(cluster, user, database);
  await cluster.learnOwnFunctions(backend);
  const session = new Session(cluster, backend, outbox, { user, database, variables, client: addressOf(peer) });
  await sendVariables(backend, variables);
  if (backend.database !== database) await nameDatabase(backend, database);
  return session;
}

/** Returns the client's address and port. */
function addressOf({ socket: { remoteAddress = '', remotePort = 0 } }: Peer): string {
  const host = remoteAddress.replace(/^::ffff:/, '');
  return `${host.includes(':') ? `[${host}]` : host}:${remotePort}`;
}

/** Throws StatementError when the client may not be this user. */
function checkIdentity(user: string, { encrypted, certificate }: Peer, secure: boolean): void {
  if (secure && !encrypted)
    throw new StatementError(SQLSTATE.protocolViolation, 'node is running secure mode, SSL connection required');
  if (CLOSED.includes(user)) throw unknownUser(user);
  if (!secure) return;
  if (certificate === undefined) throw unknownUser(user);
  if (certificate !== user)
    throw new StatementError(
      SQLSTATE.uncategorized,
      `requested user is ${user}, but certificate is for [${certificate}]`,
    );
}

function unknownUser(user: string): StatementError {
  return new StatementError(SQLSTATE.uncategorized, `password authentication failed for user ${user}`);
}

/** Connects to PostgreSQL. A client whose database does not exist is not refused. */
async function openBackend(cluster: Cluster, user: string, database: string): Promise<Backend> {
  try {
    return await cluster.connect(user, database);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    if (/not permitted to log in/.test(error.message))
      throw new StatementError(SQLSTATE.uncategorized, `${user} does not have login privilege`);
    if (error.fields.code === NO_USER) throw unknownUser(user);
    if (error.fields.code !== NO_SUCH_DATABASE) throw error;
    return await cluster.connect(user, NO_DATABASE);
  }
}

/** Tells a client that it is logged in, and its settings. */
export function welcome(session: Session): void {
  const { outbox, user, cancelKey } = session;
  const settings: Record<string, string> = {
    server_version: '13.0.0',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
    crdb_version: CRDB_VERSION,
    session_authorization: user,
    is_superuser: user === 'root' ? 'on' : 'off',
  };
  outbox.put(encode(SERVER.authentication, int32(AUTHENTICATION_OK)));
  for (const [name, value] of Object.entries(settings)) outbox.put(parameterStatus(name, value));
  outbox.put(encode(SERVER.backendKeyData, cancelKey));
  session.becomeReady();
}
