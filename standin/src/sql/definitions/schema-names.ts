import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';

/** Throws StatementError for a schema that every database has: nobody may drop or alter it. */
export function requireOwnSchema(name: string, verb: 'drop' | 'modify'): void {
  if (/^(public|pg_\w+|information_schema|crdb\w*)$/.test(name))
    throw new StatementError(SQLSTATE.invalidSchemaName, `cannot ${verb} schema "${name}"`);
}
