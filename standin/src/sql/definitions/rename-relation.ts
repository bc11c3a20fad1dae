import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { localName, noSuchRelation, schemaOfPath } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';

/** What is renamed: its kind, its qualified name, and whether it need not exist. */
interface Renamed {
  kind: 'table' | 'view' | 'sequence';
  path: string[];
  ifExists: boolean;
}

/**
 * `RENAME TO name` of a table, view or sequence, at which the reader stands
 * (cockroachlabs.com/docs/stable/rename-table). Throws StatementError.
 *
 *     ALTER TABLE bank.accounts RENAME TO bank.balances
 *     ALTER TABLE "public"."accounts" RENAME TO "balances"
 */
export function renameRelation(reader: StatementReader, { kind, path, ifExists }: Renamed, context: Context): Local {
  reader.expect('rename', 'to');
  const to = reader.path();
  reader.expectEnd();
  const object = kind.toUpperCase();
  return local(`RENAME ${object}`, async () => {
    const target = to.at(-1)!;
    const [found] = await context.query(namesOf(localName(context, path), target));
    if (!found && ifExists) return;
    if (!found) throw noSuchRelation(path);
    const [schema, name, dependent, taken, aside] = found as [string, string, string | null, string | null, string];
    const given = schemaOfPath(context, to.slice(0, -1));
    if (given !== undefined && given !== schema)
      throw new StatementError(SQLSTATE.invalidName, 'cannot change schema of table with RENAME');
    if (name === target) return;
    if (dependent !== null)
      throw new StatementError(
        SQLSTATE.dependentObjectsStillExist,
        `cannot rename relation "${context.database}.${schema}.${name}" because view "${dependent}" depends on it`,
        { hint: `you can drop ${dependent} instead.` },
      );
    if (taken === 'relation')
      throw new StatementError(
        SQLSTATE.duplicateTable,
        `relation "${context.database}.${schema}.${target}" already exists`,
      );
    if (taken === 'index') await context.execute(`SELECT crdb.set_index_aside(${aside})`);
    context.session.transaction.schema.noteRenamed(name);
    await context.execute(`ALTER ${object} ${quoteName(schema)}.${quoteName(name)} RENAME TO ${quoteName(target)}`);
  });
}

/** A query for a relation's schema and name, a view that depends on it, and what has the name `target` already. */
function namesOf(relation: string, target: string): string {
  return `
    SELECT n.nspname,
      c.relname,
      (
        SELECT min(v.relname)
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
        JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
        WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refobjid = c.oid
          AND v.oid <> c.oid
      ),
      CASE WHEN o.relkind = 'i' THEN 'index' WHEN o.oid IS NOT NULL THEN 'relation' END,
      o.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_class o ON o.relnamespace = n.oid AND o.relname = ${quoteText(target)}
    WHERE c.oid = crdb_standin.to_regclass(${quoteText(relation)})
      AND crdb_standin.is_client_schema(n.nspname)`;
}
