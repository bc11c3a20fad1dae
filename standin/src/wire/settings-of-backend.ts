import { settingForPostgres } from '../sql/session/variables.ts';
import { quoteText } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';

/** Makes `current_database()` return the client's database when PostgreSQL is in another one. */
export async function nameDatabase(backend: Backend, database: string): Promise<void> {
  await backend.rows(`SET crdb.database = ${quoteText(database)}`);
}

/** Sets a session's variables on a fresh connection. */
export async function sendVariables(backend: Backend, variables: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, value] of variables) {
    const telling = settingForPostgres(name, value);
    if (telling) await backend.rows(telling);
  }
}
