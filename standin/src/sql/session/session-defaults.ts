import { checkValue } from './variables.ts';

/** The cluster settings that are the defaults of session variables (cockroachlabs.com/docs/stable/cluster-settings). */
const SETTINGS: Readonly<Record<string, string>> = {
  default_int_size: 'default_int_size',
  disallow_full_table_scans: 'disallow_full_table_scans.enabled',
  distsql: 'distsql',
  enable_drop_enum_value: 'drop_enum_value.enabled',
  enable_experimental_alter_column_type_general: 'experimental_alter_column_type.enabled',
  enable_experimental_stream_replication: 'experimental_stream_replication.enabled',
  enable_implicit_select_for_update: 'implicit_select_for_update.enabled',
  enable_insert_fast_path: 'insert_fast_path.enabled',
  enable_zigzag_join: 'zigzag_join.enabled',
  experimental_distsql_planning: 'experimental_distsql_planning',
  experimental_enable_hash_sharded_indexes: 'experimental_hash_sharded_indexes.enabled',
  experimental_enable_implicit_column_partitioning: 'experimental_implicit_column_partitioning.enabled',
  experimental_enable_temp_tables: 'experimental_temporary_tables.enabled',
  experimental_enable_unique_without_index_constraints: 'experimental_enable_unique_without_index_constraints.enabled',
  experimental_use_new_schema_changer: 'experimental_new_schema_changer.enabled',
  foreign_key_cascades_limit: 'foreign_key_cascades_limit',
  idle_in_session_timeout: 'idle_in_session_timeout',
  locality_optimized_partitioned_index_scan: 'locality_optimized_partitioned_index_scan.enabled',
  optimizer_use_histograms: 'optimizer_use_histograms.enabled',
  optimizer_use_multicol_stats: 'optimizer_use_multicol_stats.enabled',
  prefer_lookup_joins_for_fks: 'prefer_lookup_joins_for_fks.enabled',
  reorder_joins_limit: 'reorder_joins_limit',
  require_explicit_primary_keys: 'require_explicit_primary_keys.enabled',
  serial_normalization: 'serial_normalization',
  vectorize: 'vectorize',
  vectorize_row_count_threshold: 'vectorize_row_count_threshold',
};

/** Returns the session variables whose defaults the cluster settings have changed, with these defaults. */
export function changedDefaults(clusterSettings: ReadonlyMap<string, string>): Map<string, string> {
  const changed = new Map<string, string>();
  for (const [variable, setting] of Object.entries(SETTINGS)) {
    const value = clusterSettings.get(`sql.defaults.${setting}`);
    if (value !== undefined) changed.set(variable, checkValue(variable, value));
  }
  return changed;
}

/**
 * Throws StatementError (featureNotSupported) when a cluster setting would give new sessions a value that the stand-in
 * does not support.
 */
export function checkDefault(setting: string, value: string): void {
  const [variable] = Object.entries(SETTINGS).find(([, name]) => setting === `sql.defaults.${name}`) ?? [];
  if (variable !== undefined) checkValue(variable, value);
}
