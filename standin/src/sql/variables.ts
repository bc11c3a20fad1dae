import { CRDB_VERSION } from '../identity/claimed-version.ts';
import { notHere, SqlError } from '../protocol/problem.ts';

/**
 * A session variable: its default, what it accepts, and whether PostgreSQL must hear of it
 * (cockroachlabs.com/docs/stable/session-variables).
 */
export interface Variable {
  value: string;
  accepts: 'text' | 'bool' | 'int' | 'fixed' | 'read-only' | 'isolation' | 'encoding' | 'path' | 'duration';
  /** PostgreSQL keeps it under the same name. */
  told?: true;
  notice?: string;
}

const text = (value: string, more: Partial<Variable> = {}): Variable => ({ value, accepts: 'text', ...more });
const bool = (value: string): Variable => ({ value, accepts: 'bool' });
const int = (value: string, more: Partial<Variable> = {}): Variable => ({ value, accepts: 'int', ...more });
const fixed = (value: string): Variable => ({ value, accepts: 'fixed' });
const readOnly = (value: string): Variable => ({ value, accepts: 'read-only' });
const noop = (name: string, value: string): Variable => ({
  value,
  accepts: 'bool',
  notice: `setting session var "${name}" is a no-op`,
});

export const VARIABLES: Record<string, Variable> = {
  application_name: text('', { told: true }),
  bytea_output: text('hex', { told: true }),
  client_encoding: { value: 'UTF8', accepts: 'encoding' },
  client_min_messages: text('notice'),
  crdb_version: readOnly(CRDB_VERSION),
  database: text(''),
  datestyle: text('ISO, MDY', { told: true }),
  default_int_size: int('8'),
  default_tablespace: fixed(''),
  default_transaction_isolation: { value: 'serializable', accepts: 'isolation' },
  default_transaction_priority: text('normal'),
  default_transaction_read_only: { value: 'off', accepts: 'bool', told: true },
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
  extra_float_digits: int('0', { told: true }),
  force_savepoint_restart: bool('off'),
  foreign_key_cascades_limit: int('10000'),
  idle_in_session_timeout: { value: '0', accepts: 'duration' },
  idle_in_transaction_session_timeout: { value: '0', accepts: 'duration' },
  integer_datetimes: readOnly('on'),
  intervalstyle: text('postgres', { told: true }),
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
  timezone: text('UTC', { told: true }),
  tracing: readOnly('off'),
  transaction_isolation: { value: 'serializable', accepts: 'isolation' },
  transaction_priority: readOnly('normal'),
  transaction_read_only: readOnly('off'),
  transaction_status: readOnly('NoTxn'),
  vectorize: text('on'),
  vectorize_row_count_threshold: int('0'),
};

/** The variable's value as it is kept and shown. Throws SqlError in CockroachDB's words when it does not fit. */
export function checkValue(name: string, value: string): string {
  const variable = VARIABLES[name];
  if (!variable) throw unknownVariable(name);
  const invalid = (available: string): SqlError =>
    new SqlError('22023', `invalid value for parameter "${name}": "${value}"`, {
      hint: `Available values: ${available}`,
      detail: 'this parameter is currently recognized only for compatibility and has no effect in CockroachDB.',
    });
  switch (variable.accepts) {
    case 'bool': {
      if (/^(on|true|t|yes|1)$/i.test(value)) return 'on';
      if (/^(off|false|f|no|0)$/i.test(value)) return 'off';
      throw new SqlError('22023', `parameter "${name}" requires a Boolean value`);
    }
    case 'int':
      if (name === 'default_int_size' && value !== '8' && value !== '4')
        throw notHere('default_int_size other than 4 and 8');
      if (/^-?\d+$/.test(value)) return value;
      throw new SqlError('22023', `parameter "${name}" requires an integer value`);
    case 'duration':
      return milliseconds(name, value);
    case 'fixed':
      if (name === 'row_security' || value.toLowerCase() === variable.value) return variable.value;
      throw invalid(variable.value);
    case 'read-only':
      throw new SqlError('55P02', `parameter "${name}" cannot be changed`);
    case 'isolation':
      return 'serializable';
    case 'encoding':
      if (/^utf-?8$|^unicode$/i.test(value)) return 'UTF8';
      throw new SqlError('0A000', `unimplemented: unimplemented client encoding: "${value.toLowerCase()}"`);
    default:
      return value;
  }
}

function milliseconds(name: string, value: string): string {
  const [, number, unit] = /^(\d+)\s*(us|ms|s|min|m|h)?$/.exec(value.trim()) ?? [];
  if (number === undefined) throw new SqlError('22023', `invalid value for parameter "${name}": "${value}"`);
  return String(
    Math.round(Number(number) * { us: 0.001, ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 }[unit ?? 'ms']!),
  );
}

export const unknownVariable = (name: string): SqlError =>
  new SqlError('42704', `unrecognized configuration parameter "${name}"`);

/**
 * The variables of a startup message; those that are not known are left out, as CockroachDB does. Throws SqlError for a
 * wrong value.
 */
export function startVariables(parameters: Map<string, string>): Map<string, string> {
  const given = [...parameters].filter(([name]) => !['user', 'database', 'options'].includes(name));
  for (const [, name, value] of (parameters.get('options') ?? '').matchAll(/-c\s*(\w+)=(\S+)/g))
    given.push([name!, value!]);
  const variables = new Map<string, string>();
  for (const [name, value] of given) {
    const known = VARIABLES[name.toLowerCase()];
    if (known && known.accepts !== 'read-only')
      variables.set(name.toLowerCase(), checkValue(name.toLowerCase(), value));
  }
  return variables;
}

/** What PostgreSQL must be told so that a variable has its effect; nothing for most. */
export function tellVariable(name: string, value: string, quote: (text: string) => string): string | undefined {
  if (name === 'search_path')
    return `SET search_path = ${value
      .split(',')
      .map((part) => (part.trim() === '$user' ? '"$user"' : quote(part.trim())))
      .join(', ')}, crdb, pg_catalog, pg_extension`;
  if (name === 'statement_timeout')
    return `SET statement_timeout = ${value === '0' ? 30_000 : Math.min(Number(value), 30_000)}`;
  if (!VARIABLES[name]?.told) return undefined;
  return `SET ${name} = ${quote(value)}`;
}
