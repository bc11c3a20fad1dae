import { SqlError } from '../protocol/problem.ts';
import { columnsOf } from './columns.ts';
import type { Context } from './plan.ts';
import { mustBeHere } from './show-table.ts';
import type { Show, Shows } from './show.ts';
import { quoteText } from './statement.ts';

const MINE = 'crdb.database_visible(d.datname)';

/** cockroachlabs.com/docs/stable/show-databases */
const showDatabases: Show = (words) => {
  if (!words.skip('databases')) return undefined;
  words.end();
  return {
    kind: 'run',
    sql: `SELECT d.datname::text AS database_name, CASE d.datname WHEN 'system' THEN 'node' ELSE pg_catalog.pg_get_userbyid(d.datdba) END AS owner, NULL::text AS primary_region, '{}'::text[] AS regions, NULL::text AS survival_goal
      FROM pg_catalog.pg_database d WHERE d.datallowconn AND d.datname <> 'template1' AND ${MINE} ORDER BY 1`,
    tag: 'SHOW DATABASES {rows}',
    columns: columnsOf('database_name:25,owner:19,primary_region:25,regions:1009,survival_goal:25'),
  };
};

/** cockroachlabs.com/docs/stable/show-tables */
const showTables: Show = async (words, context) => {
  if (!words.skip('tables')) return undefined;
  const path = words.skip('from') ? words.path() : [];
  words.end();
  const schema = await schemaOf(path, context);
  return {
    kind: 'run',
    sql: `SELECT n.nspname AS schema_name, c.relname AS table_name, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' ELSE 'table' END AS type, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
      CASE WHEN c.relkind = 'r' THEN greatest(c.reltuples, 0)::int8 ELSE 0 END AS estimated_row_count, NULL::text AS locality
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'S') AND n.nspname !~ '^(pg_|crdb|information_schema)'
      ${schema ? `AND n.nspname = ${quoteText(schema)}` : ''} AND pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE') ORDER BY 1, 2`,
    tag: 'SHOW TABLES {rows}',
    columns: columnsOf('schema_name:19,table_name:19,type:25,owner:19,estimated_row_count:20,locality:25'),
  };
};

async function schemaOf(path: string[], context: Context): Promise<string | undefined> {
  const [present] = await context.ask(
    `SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(context.database)}`,
  );
  const [first, second] = path;
  if (second !== undefined) mustBeHere(first!, context);
  if (!present && !path.length) throw new SqlError('42602', 'no database or schema specified');
  const name = second ?? first;
  if (name === undefined || (second === undefined && name === context.database)) return undefined;
  const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ${quoteText(name)}`);
  if (found) return name;
  const [database] = await context.ask(`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(name)}`);
  if (database) mustBeHere(name, context);
  throw new SqlError('42602', `target database or schema does not exist`);
}

/** cockroachlabs.com/docs/stable/show-schemas */
const showSchemas: Show = (words, context) => {
  if (!words.skip('schemas')) return undefined;
  if (words.skip('from')) mustBeHere(words.name(), context);
  words.end();
  return {
    kind: 'run',
    sql: `SELECT nspname AS schema_name, CASE WHEN nspname = 'public' THEN 'admin' WHEN nspname ~ '^(pg_|crdb|information_schema)' THEN NULL ELSE pg_catalog.pg_get_userbyid(nspowner) END AS owner
      FROM pg_catalog.pg_namespace WHERE nspname !~ '^(pg_toast|pg_temp|crdb$)' UNION SELECT 'pg_extension', NULL ORDER BY 1`,
    tag: 'SHOW SCHEMAS {rows}',
    columns: columnsOf('schema_name:19,owner:19'),
  };
};

/** cockroachlabs.com/docs/stable/show-sequences */
const showSequences: Show = (words, context) => {
  if (!words.skip('sequences')) return undefined;
  if (words.skip('from')) mustBeHere(words.name(), context);
  words.end();
  return {
    kind: 'run',
    sql: "SELECT n.nspname::text AS sequence_schema, c.relname::text AS sequence_name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname !~ '^(pg_|crdb)' ORDER BY 1, 2",
    tag: 'SHOW SCHEMAS {rows}',
    columns: columnsOf('sequence_schema:25,sequence_name:25'),
  };
};

/** cockroachlabs.com/docs/stable/show-enums, show-types */
const showTypes: Show = (words) => {
  const kind = words.one('enums', 'types');
  if (!kind) return undefined;
  words.end();
  const values =
    kind === 'enums'
      ? ', (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid) AS values'
      : '';
  return {
    kind: 'run',
    sql: `SELECT n.nspname AS schema, t.typname AS name${values}, pg_catalog.pg_get_userbyid(t.typowner) AS owner FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND n.nspname !~ '^(pg_|crdb)' ORDER BY 1, 2`,
    tag: `SHOW ${kind.toUpperCase()} {rows}`,
    columns: columnsOf(kind === 'enums' ? 'schema:19,name:19,values:1009,owner:19' : 'schema:19,name:19,owner:19'),
  };
};

/** cockroachlabs.com/docs/stable/show-regions */
const showRegions: Show = (words) => {
  if (!words.skip('regions')) return undefined;
  words.end();
  const columns = columnsOf('region:25,zones:1009,database_names:1009,primary_region_of:1009');
  return { kind: 'act', columns, act: () => ({ tag: 'SHOW REGIONS 1', columns, rows: [[null, '{}', '{}', '{}']] }) };
};

export const SHOW_DATABASE_OBJECTS = {
  databases: showDatabases,
  tables: showTables,
  schemas: showSchemas,
  sequences: showSequences,
  types: showTypes,
  regions: showRegions,
} satisfies Partial<Shows>;
