import { CRDB_VERSION } from '../../identity/claimed-version.ts';

/** What a session variable accepts; each kind is checked in its own way. */
type Accepted = 'text' | 'bool' | 'int' | 'fixed' | 'read-only' | 'isolation' | 'encoding' | 'path' | 'duration';

/** A session variable (cockroachlabs.com/docs/stable/session-variables). */
export interface Variable {
  /** Its default. */
  value: string;
  accepts: Accepted;
  /** Whether PostgreSQL has a setting with the same name and effect. */
  isForPostgres?: true;
  /** A warning for the client that sets it. */
  notice?: string;
}

const text = (value: string, more: Partial<Variable> = {}): Variable => ({ value, accepts: 'text', ...more });
const bool = (value: string, more: Partial<Variable> = {}): Variable => ({ value, accepts: 'bool', ...more });
const int = (value: string, more: Partial<Variable> = {}): Variable => ({ value, accepts: 'int', ...more });
const fixed = (value: string): Variable => ({ value, accepts: 'fixed' });
const readOnly = (value: string): Variable => ({ value, accepts: 'read-only' });
const noop = (name: string, value: string): Variable =>
  bool(value, { notice: `setting session var "${name}" is a no-op` });

/** The session variables, by name. */
export const VARIABLES: Record<string, Variable> = {
  application_name: text('', { isForPostgres: true }),
  bytea_output: text('hex', { isForPostgres: true }),
  client_encoding: { value: 'UTF8', accepts: 'encoding' },
  client_min_messages: text('notice'),
  crdb_version: readOnly(CRDB_VERSION),
  database: text(''),
  datestyle: text('ISO, MDY', { isForPostgres: true }),
  default_int_size: int('8'),
  default_tablespace: fixed(''),
  default_transaction_isolation: { value: 'serializable', accepts: 'isolation' },
  default_transaction_priority: text('normal'),
  default_transaction_read_only: bool('off', { isForPostgres: true }),
  default_transaction_use_follower_reads: bool('off'),
  disable_partially_distributed_plans: bool('off'),
  disallow_full_table_scans: bool('off'),
  distsql: text('auto'),
  enable_drop_enum_value: bool('off'),
  enable_experimental_alter_column_type_general: bool('off'),
  enable_experimental_stream_replication: bool('off'),
  enable_implicit_select_for_update: bool('on'),
  enable_insert_fast_path: bool('on'),
  enable_seqscan: noop('enable_seqscan', 'on'),
  enable_zigzag_join: bool('on'),
  escape_string_warning: bool('on'),
  experimental_distsql_planning: text('off'),
  experimental_enable_hash_sharded_indexes: bool('off'),
  experimental_enable_implicit_column_partitioning: bool('off'),
  experimental_enable_temp_tables: bool('off'),
  experimental_enable_unique_without_index_constraints: bool('off'),
  experimental_use_new_schema_changer: text('off'),
  extra_float_digits: int('0', { isForPostgres: true }),
  force_savepoint_restart: bool('off'),
  foreign_key_cascades_limit: int('10000'),
  idle_in_session_timeout: { value: '0', accepts: 'duration' },
  idle_in_transaction_session_timeout: { value: '0', accepts: 'duration' },
  integer_datetimes: readOnly('on'),
  intervalstyle: text('postgres', { isForPostgres: true }),
  locality: readOnly(''),
  locality_optimized_partitioned_index_scan: bool('on'),
  lock_timeout: fixed('0'),
  max_identifier_length: readOnly('128'),
  max_index_keys: readOnly('32'),
  node_id: readOnly('1'),
  optimizer: fixed('on'),
  optimizer_use_histograms: bool('on'),
  optimizer_use_multicol_stats: bool('on'),
  prefer_lookup_joins_for_fks: bool('off'),
  reorder_joins_limit: int('8'),
  require_explicit_primary_keys: bool('off'),
  results_buffer_size: readOnly('16384'),
  row_security: fixed('off'),
  search_path: { value: '$user,public', accepts: 'path' },
  serial_normalization: text('rowid'),
  server_encoding: readOnly('UTF8'),
  server_version: readOnly('13.0.0'),
  server_version_num: readOnly('130000'),
  session_id: readOnly(''),
  session_user: readOnly(''),
  sql_safe_updates: bool('off'),
  standard_conforming_strings: fixed('on'),
  statement_timeout: { value: '0', accepts: 'duration' },
  synchronize_seqscans: noop('synchronize_seqscans', 'on'),
  synchronous_commit: noop('synchronous_commit', 'on'),
  testing_vectorize_inject_panics: bool('off'),
  timezone: text('UTC', { isForPostgres: true }),
  tracing: readOnly('off'),
  transaction_isolation: { value: 'serializable', accepts: 'isolation' },
  transaction_priority: readOnly('normal'),
  transaction_read_only: readOnly('off'),
  transaction_status: readOnly('NoTxn'),
  vectorize: text('on'),
  vectorize_row_count_threshold: int('0'),
};
