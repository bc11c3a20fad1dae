import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';

/** A cluster setting: its type, and its default as text. */
interface ClusterSetting {
  type: 'bool' | 'text';
  value: string;
}

/**
 * The cluster settings that can be read and set; they change nothing in the stand-in
 * (cockroachlabs.com/docs/stable/cluster-settings).
 */
const SETTINGS: Record<string, ClusterSetting> = {
  version: { type: 'text', value: '20.2-46' },
  'cluster.organization': { type: 'text', value: '' },
  'kv.rangefeed.enabled': { type: 'bool', value: 'f' },
  'diagnostics.reporting.enabled': { type: 'bool', value: 'f' },
  'server.host_based_authentication.configuration': { type: 'text', value: '' },
};

/** Returns the cluster setting with this name; undefined when the stand-in does not have it. */
export function clusterSetting(name: string): ClusterSetting | undefined {
  return Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
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
  const name = reader.path().join('.');
  if (verb === 'set') {
    if (!reader.skip('=')) reader.expect('to');
    return set(context, name, reader.rest.replace(/^'([\s\S]*)'$/, '$1'));
  }
  reader.expectEnd();
  return set(context, name, 'default');
}

function set(context: Context, name: string, value: string): Local {
  return local('SET CLUSTER SETTING', async () => {
    if (context.session.transaction.state === 'open')
      throw new StatementError(SQLSTATE.uncategorized, 'SET CLUSTER SETTING cannot be used inside a transaction');
    await requireAdminFor('set', name, context);
    const setting = clusterSetting(name);
    if (!setting) throw new StatementError(SQLSTATE.uncategorized, `unknown cluster setting '${name}'`);
    if (value.toLowerCase() === 'default') context.clusterSettings.delete(name);
    else context.clusterSettings.set(name, setting.type === 'bool' ? readBool(value) : value);
  });
}

/** Returns a boolean as PostgreSQL prints it. Throws StatementError (invalidTextRepresentation). */
function readBool(value: string): string {
  if (/^(true|on|t|yes)$/i.test(value)) return 't';
  if (/^(false|off|f|no)$/i.test(value)) return 'f';
  throw new StatementError(
    SQLSTATE.invalidTextRepresentation,
    `could not parse "${value}" as type bool: invalid bool value`,
  );
}
