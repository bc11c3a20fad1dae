import type { Context, SessionControl } from '../sql/translation/context.ts';
import type { Backend } from './backend.ts';
import type { Cluster } from './cluster.ts';
import type { Connections } from './connections.ts';

/** Returns what a translator may know and do in a session's own database, whichever that is at the moment. */
export function contextOfSession(
  session: SessionControl,
  user: string,
  connections: Connections,
  cluster: Cluster,
): Context {
  return {
    user,
    get database() {
      return connections.database;
    },
    query: (sql) => connections.backend.rows(sql),
    execute: (...statements) => connections.backend.execute(...statements),
    executeIn: (name, ...statements) => connections.once(user, name, statements),
    executeAsRoot: (...statements) => connections.once('root', connections.backend.database, statements),
    useDatabase: (name) => connections.use(name),
    clusterSettings: cluster.settings,
    session,
    node: cluster.control,
  };
}

/** Returns what a translator may know and do in another database, on a connection to it. */
export function contextElsewhere(own: Context, connections: Connections, there: Backend, database: string): Context {
  return {
    ...own,
    database,
    query: (sql) => there.rows(sql),
    execute: (...statements) => there.execute(...statements),
    executeAsRoot: (...statements) => connections.once('root', database, statements),
  };
}
