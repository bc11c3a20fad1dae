import { clusterSettings, entry } from '../../catalog/catalog.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';
import { readSettingValue, type SettingType } from './cluster-setting-values.ts';
import { checkDefault } from './session-defaults.ts';

/** A cluster setting, with its value in a new cluster as crdb_internal.cluster_settings shows it. */
export interface ClusterSetting {
  type: SettingType;
  isPublic: boolean;
  value: string;
}

/** Values of this cluster that differ from those of the recorded one. Nothing is reported to anyone. */
const OWN_VALUES: Readonly<Record<string, string>> = { version: '20.2-46', 'diagnostics.reporting.enabled': 'false' };

/**
 * The settings whose effect a client would see, and which have none here: they keep their values. All others only steer
 * the machinery of a real cluster, or are the defaults of new sessions (`session-defaults.ts`).
 */
const FIXED = new Set(
  `cluster.preserve_downgrade_option feature.export.enabled feature.schema_change.enabled feature.stats.enabled
  server.host_based_authentication.configuration server.user_login.min_password_length server.user_login.timeout
  sql.conn.max_read_buffer_message_size sql.cross_db_fks.enabled sql.cross_db_sequence_owners.enabled
  sql.cross_db_views.enabled sql.notices.enabled sql.show_tables.estimated_row_count.enabled
  sql.spatial.experimental_box2d_comparison_operators.enabled sql.temp_object_cleaner.cleanup_interval
  sql.defaults.interleaved_tables.enabled sql.defaults.results_buffer.size sql.defaults.serial_sequences_cache_size
  version`.split(/\s+/),
);

/** Stands where CockroachDB describes a setting. */
export const NO_DESCRIPTION = 'the stand-in does not have the descriptions';

/** Returns every cluster setting, by name. */
export async function allClusterSettings(): Promise<Map<string, ClusterSetting>> {
  const names = Object.keys(await clusterSettings());
  const found = await Promise.all(names.map(async (name) => [name, await clusterSetting(name)] as const));
  return new Map(found.map(([name, setting]) => [name, setting!]));
}

/** Returns the cluster setting with this name; undefined when CockroachDB does not have it. */
export async function clusterSetting(name: string): Promise<ClusterSetting | undefined> {
  const written = entry(await clusterSettings(), name);
  if (written === undefined) return undefined;
  const [type = '', access] = written.split(' ', 2);
  const value = OWN_VALUES[name] ?? written.split(' ').slice(2).join(' ');
  return { type: type as SettingType, isPublic: access === 'public', value };
}

/** Throws StatementError (insufficientPrivilege) when the client's user is not a member of admin. */
export async function requireAdminFor(verb: 'show' | 'set', name: string, context: Context): Promise<void> {
  if (!(await isAdmin(context)))
    throw new StatementError(
      SQLSTATE.insufficientPrivilege,
      `only users with the admin role are allowed to ${verb} cluster setting '${name}'`,
    );
}

/** `SET CLUSTER SETTING name = value` and `RESET CLUSTER SETTING name`; undefined for any other statement. */
export function translateClusterSetting(statement: Statement, context: Context): Local | undefined {
  const reader = new StatementReader(statement);
  const verb = reader.oneOf('set', 'reset');
  if (!reader.skip('cluster', 'setting')) return undefined;
  const name = reader.path().join('.').toLowerCase();
  if (verb === 'reset') {
    reader.expectEnd();
    return set(context, name, () => undefined);
  }
  if (!reader.skip('=')) reader.expect('to');
  if (reader.skip('default')) {
    reader.expectEnd();
    return set(context, name, () => undefined);
  }
  const negative = reader.skip('-');
  const { token } = reader;
  if (reader.atEnd) throw reader.syntaxError();
  if (token.kind === 'placeholder') throw notSupported('SET CLUSTER SETTING with a placeholder');
  reader.at++;
  if (!reader.atEnd) throw notSupported('SET CLUSTER SETTING to an expression');
  return set(context, name, (type) => readSettingValue(name, type, token, negative));
}

/** Sets a setting to what `read` returns for its type; undefined resets it. */
function set(context: Context, name: string, read: (type: SettingType) => string | undefined): Local {
  return local('SET CLUSTER SETTING', async () => {
    if (context.session.transaction.state === 'open')
      throw new StatementError(SQLSTATE.uncategorized, 'SET CLUSTER SETTING cannot be used inside a transaction');
    await requireAdminFor('set', name, context);
    const setting = await clusterSetting(name);
    if (!setting) throw new StatementError(SQLSTATE.uncategorized, `unknown cluster setting '${name}'`);
    const value = read(setting.type) ?? setting.value;
    if (value !== setting.value && FIXED.has(name)) throw notSupported(`another value of cluster setting ${name}`);
    if (value !== setting.value) checkDefault(name, value);
    if (value === setting.value) context.clusterSettings.delete(name);
    else context.clusterSettings.set(name, value);
  });
}
