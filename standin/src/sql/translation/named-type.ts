import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { Context } from './context.ts';
import { schemaOfPath } from './relation.ts';

/** A type that exists. */
interface NamedType {
  oid: string;
  schema: string;
  name: string;
}

/** Finds a type by its qualified name. Throws StatementError (undefinedObject) when there is none. */
export async function resolveType(context: Context, path: string[]): Promise<NamedType> {
  const schema = schemaOfPath(context, path.slice(0, -1));
  const [found] = await context.query(`
    SELECT t.oid, n.nspname, t.typname
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typname = ${quoteText(path.at(-1)!)}
      AND ${schema === undefined ? 'pg_catalog.pg_type_is_visible(t.oid)' : `n.nspname = ${quoteText(schema)}`}`);
  if (!found) throw new StatementError(SQLSTATE.undefinedObject, `type "${path.join('.')}" does not exist`);
  return { oid: found[0]!, schema: found[1]!, name: found[2]! };
}
