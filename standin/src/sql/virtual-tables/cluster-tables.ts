import { VARIABLES } from '../session/variable-list.ts';
import { allClusterSettings, NO_DESCRIPTION } from '../session/cluster-settings.ts';
import { allVariables } from '../show/show-variable.ts';
import { quoteText } from '../text/quoting.ts';
import type { Context } from '../translation/context.ts';
import { nullColumns, noRows, rowsOf, type VirtualTable, type VirtualTables } from './virtual-table.ts';

/** Returns a query for rows of constants. */
function valuesQuery(columns: string, rows: readonly string[]): string {
  return rows.length
    ? `VALUES ${rows.map((row) => `(${row})`).join(', ')}`
    : `SELECT ${nullColumns(columns)} WHERE false`;
}

const SETTING_COLUMNS = 'variable STRING, value STRING, type STRING, public BOOL, description STRING';

/** All cluster settings, with the values of this cluster. */
async function settings({ clusterSettings }: Context): Promise<string> {
  const rows = [...(await allClusterSettings())].map(([name, { type, isPublic, value }]) => {
    const texts = [name, clusterSettings.get(name) ?? value, type].map((text) => `${quoteText(text)}::text`);
    return [...texts, String(isPublic), `${quoteText(NO_DESCRIPTION)}::text`].join(', ');
  });
  return valuesQuery(SETTING_COLUMNS, rows);
}

/** Returns a table of the session's variables; `more` are the expressions for the columns after the first two. */
function variables(columns: string, ...more: string[]): VirtualTable {
  const row = (pair: string[]): string => [...pair.map((text) => `${quoteText(text)}::text`), ...more].join(', ');
  return { columns, rows: async (context) => valuesQuery(columns, (await allVariables(context)).map(row)) };
}

const PG_SETTINGS =
  'name STRING, setting STRING, unit STRING, category STRING, short_desc STRING, extra_desc STRING, context STRING, ' +
  'vartype STRING, source STRING, min_val STRING, max_val STRING, enumvals STRING, boot_val STRING, ' +
  'reset_val STRING, sourcefile STRING, sourceline INT4, pending_restart BOOL';

/** The session's variables in the form of PostgreSQL's catalog of settings. */
async function settingsOfSession(context: Context): Promise<string> {
  const rows = (await allVariables(context)).map(([name, value]) => {
    const { accepts, value: standard } = VARIABLES[name]!;
    const initial = quoteText(accepts === 'read-only' ? value : standard);
    return `(${quoteText(name)}, ${quoteText(value)}, ${initial})`;
  });
  const nothing = (count: number): string => Array<string>(count).fill('NULL::text').join(', ');
  return `
    SELECT name, value, ${nothing(4)}, 'user'::text, 'string'::text, ${nothing(4)}, initial, initial, NULL::text,
      NULL::int4, false
    FROM (VALUES ${rows.join(', ')}) AS s (name, value, initial)`;
}

/** The tables of crdb_internal about the cluster, its only node, and its settings. */
export const CLUSTER_TABLES: VirtualTables = {
  'crdb_internal.cluster_settings': { columns: SETTING_COLUMNS, rows: settings },
  'crdb_internal.session_variables': variables('variable STRING, value STRING, hidden BOOL', 'false'),
  'information_schema.session_variables': variables('variable STRING, value STRING'),
  'pg_catalog.pg_settings': { columns: PG_SETTINGS, rows: settingsOfSession },
  'crdb_internal.gossip_liveness': rowsOf(
    'node_id INT8, epoch INT8, expiration STRING, draining BOOL, decommissioning BOOL, membership STRING, ' +
      'updated_at TIMESTAMP',
    `
      SELECT 1::int8, 1::int8,
        (extract(epoch FROM pg_catalog.clock_timestamp())::int8 + 9)::text || '.000000000,0',
        false, false, 'active'::text,
        pg_catalog.clock_timestamp()::timestamp`,
  ),
  'crdb_internal.schema_changes': noRows(
    'table_id INT8, parent_id INT8, name STRING, type STRING, target_id INT8, target_name STRING, state STRING, ' +
      'direction STRING',
  ),
  'crdb_internal.partitions': noRows(
    'table_id INT8, index_id INT8, parent_name STRING, name STRING, columns INT8, column_names STRING, ' +
      'list_value STRING, range_value STRING, zone_id INT8, subzone_id INT8',
  ),
  'crdb_internal.gossip_alerts': noRows(
    'node_id INT8, store_id INT8, category STRING, description STRING, value FLOAT8',
  ),
  'crdb_internal.invalid_objects': noRows(
    'id INT8, database_name STRING, schema_name STRING, obj_name STRING, error STRING',
  ),
  'crdb_internal.cross_db_references': noRows(
    'object_database STRING, object_schema STRING, object_name STRING, referenced_object_database STRING, ' +
      'referenced_object_schema STRING, referenced_object_name STRING, cross_database_reference_description STRING',
  ),
};
