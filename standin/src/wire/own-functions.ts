import type { Backend } from './backend.ts';

/** Returns the names of the stand-in's own functions that PostgreSQL finds without a schema. Throws StatementError. */
export async function readOwnFunctions(backend: Backend): Promise<ReadonlySet<string>> {
  const [[names] = []] = await backend.rows('SELECT crdb_standin.own_functions()');
  return new Set(names?.split(' '));
}
