import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';

/** Whether every database has a schema of that name. */
function isEverywhere(name: string): boolean {
  return name === 'public' || isVirtual(name);
}

/** Whether a schema is one that nobody may create anything in. */
export function isVirtual(name: string): boolean {
  return /^(pg_catalog|pg_extension|information_schema|crdb_internal)$/.test(name);
}

/** Throws StatementError for a schema that every database has: nobody may drop or alter it. */
export function requireOwnSchema(name: string, verb: 'drop' | 'modify' | 'rename'): void {
  if (isEverywhere(name)) throw new StatementError(SQLSTATE.invalidSchemaName, `cannot ${verb} schema "${name}"`);
}
