import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { columnsOf } from '../../protocol/columns.ts';
import { quoteText } from '../text/quoting.ts';
import type { Context } from '../translation/context.ts';
import { databaseExists, requireOwnDatabase, requireSameDatabase, schemaExists } from '../translation/lookups.ts';
import { localRow } from '../translation/translation.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';

/** cockroachlabs.com/docs/stable/show-databases */
const showDatabases: ShowReader = (reader) => {
  if (!reader.skip('databases')) return undefined;
  const comment = reader.skip('with', 'comment');
  reader.expectEnd();
  return {
    kind: 'forward',
    sql: `
      SELECT d.datname::text AS database_name,
        CASE d.datname WHEN 'system' THEN 'node' ELSE pg_catalog.pg_get_userbyid(d.datdba) END AS owner,
        NULL::text AS primary_region,
        '{}'::text[] AS regions,
        NULL::text AS survival_goal
        ${comment ? ", pg_catalog.shobj_description(d.oid, 'pg_database') AS comment" : ''}
      FROM pg_catalog.pg_database d
      WHERE d.datallowconn
        AND d.datname <> 'template1'
        AND crdb.database_visible(d.datname)
      ORDER BY 1`,
    tag: 'SHOW DATABASES {rows}',
    columns: columnsOf({
      database_name: 'text',
      owner: 'name',
      primary_region: 'text',
      regions: 'textArray',
      survival_goal: 'text',
      ...(comment && { comment: 'text' as const }),
    }),
  };
};

/** cockroachlabs.com/docs/stable/show-tables */
const showTables: ShowReader = async (reader, context) => {
  if (!reader.skip('tables')) return undefined;
  const path = reader.skip('from') ? reader.path() : [];
  const comment = reader.skip('with', 'comment');
  reader.expectEnd();
  const schema = await schemaOf(path, context);
  return {
    kind: 'forward',
    sql: `
      SELECT n.nspname AS schema_name,
        c.relname AS table_name,
        CASE c.relkind
          WHEN 'v' THEN 'view'
          WHEN 'm' THEN 'materialized view'
          WHEN 'S' THEN 'sequence'
          ELSE 'table'
        END AS type,
        pg_catalog.pg_get_userbyid(c.relowner) AS owner,
        CASE WHEN c.relkind = 'r' THEN greatest(c.reltuples, 0)::int8 ELSE 0 END AS estimated_row_count,
        NULL::text AS locality
        ${comment ? ", coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), '') AS comment" : ''}
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'v', 'm', 'S')
        AND crdb_standin.is_client_schema(n.nspname)
        ${schema === undefined ? '' : `AND n.nspname = ${quoteText(schema)}`}
        AND pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')
      ORDER BY 1, 2`,
    tag: 'SHOW TABLES {rows}',
    columns: columnsOf({
      schema_name: 'name',
      table_name: 'name',
      type: 'text',
      owner: 'name',
      estimated_row_count: 'int8',
      locality: 'text',
      ...(comment && { comment: 'text' as const }),
    }),
  };
};

/** Returns the schema that `FROM database.schema` or `FROM schema` names; undefined for a whole database. */
async function schemaOf(path: string[], context: Context): Promise<string | undefined> {
  const [first, second] = path;
  if (second !== undefined) await requireSameDatabase(context, first!);
  if (first === undefined) await requireOwnDatabase(context);
  const name = second ?? first;
  if (name === undefined || (second === undefined && name === context.database)) return undefined;
  if (await schemaExists(context, name)) return name;
  if (await databaseExists(context, name)) await requireSameDatabase(context, name);
  throw new StatementError(SQLSTATE.invalidName, 'target database or schema does not exist');
}

/** cockroachlabs.com/docs/stable/show-schemas */
const showSchemas: ShowReader = async (reader, context) => {
  if (!reader.skip('schemas')) return undefined;
  if (reader.skip('from')) await requireSameDatabase(context, reader.name());
  reader.expectEnd();
  return {
    kind: 'forward',
    sql: `
      SELECT nspname AS schema_name,
        CASE
          WHEN nspname = 'public' THEN 'admin'
          WHEN nspname ~ '^(pg_|crdb|information_schema)' THEN NULL
          ELSE pg_catalog.pg_get_userbyid(nspowner)
        END AS owner
      FROM pg_catalog.pg_namespace
      WHERE nspname !~ '^(pg_toast|pg_temp|crdb(_hidden|_standin)?$)'
      UNION
      SELECT 'pg_extension', NULL
      ORDER BY 1`,
    tag: 'SHOW SCHEMAS {rows}',
    columns: columnsOf({ schema_name: 'name', owner: 'name' }),
  };
};

/** cockroachlabs.com/docs/stable/show-sequences */
const showSequences: ShowReader = async (reader, context) => {
  if (!reader.skip('sequences')) return undefined;
  if (reader.skip('from')) await requireSameDatabase(context, reader.name());
  reader.expectEnd();
  return {
    kind: 'forward',
    sql: `
      SELECT n.nspname::text AS sequence_schema, c.relname::text AS sequence_name
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S'
        AND n.nspname !~ '^(pg_|crdb)'
      ORDER BY 1, 2`,
    tag: 'SHOW SCHEMAS {rows}',
    columns: columnsOf({ sequence_schema: 'text', sequence_name: 'text' }),
  };
};

const ENUM_VALUES = `(
  SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
  FROM pg_catalog.pg_enum e
  WHERE e.enumtypid = t.oid
)`;

/** cockroachlabs.com/docs/stable/show-enums, show-types */
const showTypes: ShowReader = (reader) => {
  const kind = reader.oneOf('enums', 'types');
  if (!kind) return undefined;
  reader.expectEnd();
  return {
    kind: 'forward',
    sql: `
      SELECT n.nspname AS schema,
        t.typname AS name,
        ${kind === 'enums' ? `${ENUM_VALUES} AS values,` : ''}
        pg_catalog.pg_get_userbyid(t.typowner) AS owner
      FROM pg_catalog.pg_type t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'e'
        AND n.nspname !~ '^(pg_|crdb)'
      ORDER BY 1, 2`,
    tag: `SHOW ${kind.toUpperCase()} {rows}`,
    columns: columnsOf({
      schema: 'name',
      name: 'name',
      ...(kind === 'enums' && { values: 'textArray' as const }),
      owner: 'name',
    }),
  };
};

/** cockroachlabs.com/docs/stable/show-regions */
const showRegions: ShowReader = (reader) => {
  if (!reader.skip('regions')) return undefined;
  reader.expectEnd();
  const columns = columnsOf({
    region: 'text',
    zones: 'textArray',
    database_names: 'textArray',
    primary_region_of: 'textArray',
  });
  return localRow('SHOW REGIONS', columns, () => [null, '{}', '{}', '{}']);
};

/** The readers of SHOW for what a database or the cluster holds. */
export const SHOW_DATABASE_OBJECTS = {
  databases: showDatabases,
  tables: showTables,
  schemas: showSchemas,
  sequences: showSequences,
  types: showTypes,
  regions: showRegions,
} satisfies Partial<ShowReaders>;
