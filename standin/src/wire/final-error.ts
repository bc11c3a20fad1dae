import type { ErrorFields, StatementError } from '../protocol/statement-error.ts';
import { withoutBlame } from '../sql/results/absences.ts';
import { withCatalogWords } from '../sql/results/catalog-words.ts';
import type { Backend } from './backend.ts';
import type { Cluster } from './cluster.ts';
import { isDiskFull } from './disk-space.ts';

/** The message with which our SQL functions ask the program to exit, with this exit code. */
const EXIT = /^\[exit (\d+)\]/;

/** What the session of a failed statement has. */
interface Failed {
  readonly backend: Backend;
  readonly databases: string[];
}

/**
 * Returns the error of a statement as the client gets it, with what the catalog knows; makes room when the disk is
 * full. Throws Error when the error ends the program.
 */
export async function finalError(
  { message, fields }: StatementError,
  source: string,
  { backend, databases }: Failed,
  cluster: Cluster,
): Promise<ErrorFields> {
  const exit = EXIT.exec(message);
  if (exit) {
    cluster.crash(Number(exit[1]));
    throw new Error('the server ends');
  }
  if (isDiskFull(fields)) {
    await cluster.makeRoom(databases);
    return cluster.disk.full().fields;
  }
  const worded = await withCatalogWords(fields, source, (sql) => queryOutside(sql, backend, cluster));
  return await withoutBlame(worded, source);
}

/** Returns the rows of a query outside the transaction, which may have failed. */
async function queryOutside(sql: string, backend: Backend, cluster: Cluster): Promise<(string | null)[][]> {
  if (backend.status === 'I') return await backend.rows(sql);
  const other = await cluster.connect('root', backend.database);
  try {
    return await other.rows(sql);
  } finally {
    other.close();
  }
}
