import { CRDB_VERSION } from '../../identity/claimed-version.ts';

/** What a session variable accepts; each kind is checked in its own way. */
type Accepted =
  'text' | 'bool' | 'int' | 'choice' | 'fixed' | 'read-only' | 'isolation' | 'encoding' | 'path' | 'duration';

/** A session variable (cockroachlabs.com/docs/stable/session-variables). */
export interface Variable {
  /** Its default. */
  value: string;
  accepts: Accepted;
  /** What it does here, or why nobody sees that it does nothing. */
  effect: string;
  /** Whether PostgreSQL has a setting with the same name and effect. */
  isForPostgres?: true;
  /** The values of a `choice`; the least and greatest of an `int`. */
  choices?: readonly string[];
  range?: readonly [least: number, greatest: number];
  /** Whether CockroachDB accepts this value and would then do what the stand-in does not. */
  refuses?: (value: string) => boolean;
  /** A warning for the client that sets it. */
  notice?: string;
}

const PLANNING = 'steers how CockroachDB plans a query; the answer is the same';
const ELSEWHERE = 'allows a statement that is refused anyway';
const KNOWN = 'tells what never changes';

const text = (value: string, effect: string, more: Partial<Variable> = {}): Variable => ({
  value,
  accepts: 'text',
  effect,
  ...more,
});
const bool = (value: string, effect: string, more: Partial<Variable> = {}): Variable => ({
  value,
  accepts: 'bool',
  effect,
  ...more,
});
const int = (value: string, effect: string, more: Partial<Variable> = {}): Variable => ({
  value,
  accepts: 'int',
  effect,
  range: [0, Infinity],
  ...more,
});
const choice = (choices: string, value: string, effect: string, more: Partial<Variable> = {}): Variable => ({
  value,
  accepts: 'choice',
  choices: choices.split(' '),
  effect,
  ...more,
});
const duration = (effect: string, more: Partial<Variable> = {}): Variable => ({
  value: '0',
  accepts: 'duration',
  effect,
  ...more,
});
const fixed = (value: string): Variable => ({ value, accepts: 'fixed', effect: 'CockroachDB refuses any other value' });
const readOnly = (value: string): Variable => ({ value, accepts: 'read-only', effect: KNOWN });
const noop = (name: string, value: string): Variable =>
  bool(value, 'CockroachDB itself warns that it does nothing', { notice: `setting session var "${name}" is a no-op` });
/** A boolean that CockroachDB can turn on, and the stand-in cannot. */
const alwaysOff = (effect: string): Variable => bool('off', effect, { refuses: (value) => value === 'on' });

/** The session variables, by name. */
export const VARIABLES: Record<string, Variable> = {
  application_name: text('', 'SHOW SESSIONS tells it', { isForPostgres: true }),
  bytea_output: choice('hex escape base64', 'hex', 'how bytes are written', {
    isForPostgres: true,
    refuses: (value) => value === 'base64',
  }),
  client_encoding: { value: 'UTF8', accepts: 'encoding', effect: 'CockroachDB has only this one' },
  client_min_messages: choice(
    'debug5 debug4 debug3 debug2 debug1 debug log notice warning error',
    'notice',
    'leaves out notices',
  ),
  crdb_version: readOnly(CRDB_VERSION),
  database: text('', 'as USE'),
  datestyle: { ...fixed('ISO, MDY'), choices: ['iso', 'iso,mdy', 'iso, mdy'] },
  default_int_size: int('8', 'which type INT is'),
  default_tablespace: fixed(''),
  default_transaction_isolation: { value: 'serializable', accepts: 'isolation', effect: 'always serializable' },
  default_transaction_priority: choice('low normal high', 'normal', 'which transaction waits, not what it answers'),
  default_transaction_read_only: bool('off', 'as its name says', { isForPostgres: true }),
  default_transaction_use_follower_reads: alwaysOff('every transaction would read the past'),
  disable_partially_distributed_plans: bool('off', PLANNING),
  disallow_full_table_scans: alwaysOff('queries would be refused by their plans'),
  distsql: choice('off on auto always 2.0-auto 2.0-off', 'auto', PLANNING),
  enable_drop_enum_value: bool('off', ELSEWHERE),
  enable_experimental_alter_column_type_general: bool('off', 'allows more in ALTER COLUMN … TYPE'),
  enable_experimental_stream_replication: bool('off', ELSEWHERE),
  enable_implicit_select_for_update: bool('on', 'how early UPDATE locks, not what it answers'),
  enable_insert_fast_path: bool('on', PLANNING),
  enable_seqscan: noop('enable_seqscan', 'on'),
  enable_zigzag_join: bool('on', PLANNING),
  escape_string_warning: bool('on', 'CockroachDB never warns'),
  experimental_distsql_planning: choice('off on always', 'off', PLANNING),
  experimental_enable_hash_sharded_indexes: bool('off', 'allows USING HASH'),
  experimental_enable_implicit_column_partitioning: bool('off', ELSEWHERE),
  experimental_enable_temp_tables: bool('off', 'allows CREATE TEMP TABLE'),
  experimental_enable_unique_without_index_constraints: bool('off', ELSEWHERE),
  experimental_use_new_schema_changer: choice('off on unsafe_always', 'off', 'how a schema changes, not to what'),
  extra_float_digits: int('0', 'how floats are written', { isForPostgres: true, range: [-15, 3] }),
  force_savepoint_restart: bool('off', 'every savepoint acts as cockroach_restart'),
  foreign_key_cascades_limit: int('10000', 'cascades are not counted', { refuses: (value) => Number(value) < 10000 }),
  idle_in_session_timeout: duration('sessions never end by themselves', { refuses: (value) => value !== '0' }),
  idle_in_transaction_session_timeout: duration('as its name says'),
  integer_datetimes: readOnly('on'),
  intervalstyle: fixed('postgres'),
  locality: readOnly(''),
  locality_optimized_partitioned_index_scan: bool('on', PLANNING),
  lock_timeout: fixed('0'),
  max_identifier_length: readOnly('128'),
  max_index_keys: readOnly('32'),
  node_id: readOnly('1'),
  optimizer: fixed('on'),
  optimizer_use_histograms: bool('on', PLANNING),
  optimizer_use_multicol_stats: bool('on', PLANNING),
  prefer_lookup_joins_for_fks: bool('off', PLANNING),
  reorder_joins_limit: int('8', PLANNING),
  require_explicit_primary_keys: bool('off', 'CREATE TABLE needs a primary key'),
  results_buffer_size: readOnly('16384'),
  row_security: fixed('off'),
  search_path: { value: '$user,public', accepts: 'path', effect: 'where names are looked up' },
  serial_normalization: choice('rowid virtual_sequence sql_sequence sql_sequence_cached', 'rowid', 'what SERIAL is', {
    refuses: (value) => !['rowid', 'sql_sequence'].includes(value),
  }),
  server_encoding: readOnly('UTF8'),
  server_version: readOnly('13.0.0'),
  server_version_num: readOnly('130000'),
  session_id: readOnly(''),
  session_user: readOnly(''),
  sql_safe_updates: bool('off', 'refuses statements that lose data by mistake'),
  standard_conforming_strings: fixed('on'),
  statement_timeout: duration('as its name says'),
  synchronize_seqscans: noop('synchronize_seqscans', 'on'),
  synchronous_commit: noop('synchronous_commit', 'on'),
  testing_vectorize_inject_panics: alwaysOff('queries would fail at random'),
  timezone: text('UTC', 'as its name says', { isForPostgres: true }),
  tracing: readOnly('off'),
  transaction_isolation: { value: 'serializable', accepts: 'isolation', effect: 'always serializable' },
  transaction_priority: readOnly('normal'),
  transaction_read_only: bool('off', 'as SET TRANSACTION READ ONLY'),
  transaction_status: readOnly('NoTxn'),
  vectorize: choice('off on experimental_always', 'on', PLANNING),
  vectorize_row_count_threshold: int('0', PLANNING),
};
