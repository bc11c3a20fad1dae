import { SqlError } from '../protocol/problem.ts';
import { columnsOf } from './columns.ts';
import type { ActPlan, Context, Plan } from './plan.ts';
import type { Show } from './show.ts';
import type { Statement } from './statement.ts';
import { Words } from './words.ts';

const BOOL = 16;
const TEXT = 25;

/**
 * The cluster settings that the stand-in can tell or keep; they change nothing here
 * (cockroachlabs.com/docs/stable/cluster-settings).
 */
const SETTINGS: Record<string, { oid: number; value: string }> = {
  version: { oid: TEXT, value: '20.2-46' },
  'cluster.organization': { oid: TEXT, value: '' },
  'kv.rangefeed.enabled': { oid: BOOL, value: 'f' },
  'diagnostics.reporting.enabled': { oid: BOOL, value: 'f' },
  'server.host_based_authentication.configuration': { oid: TEXT, value: '' },
};

const values = new Map<string, string>();

async function onlyAdmin(context: Context, verb: string, name: string): Promise<void> {
  const [[admin] = []] = await context.ask("SELECT pg_catalog.pg_has_role('admin', 'MEMBER')");
  if (admin !== 't')
    throw new SqlError('42501', `only users with the admin role are allowed to ${verb} cluster setting '${name}'`);
}

export const showClusterSetting: Show = (words, context) => {
  if (!words.skip('cluster', 'setting')) return undefined;
  const name = words.path().join('.');
  words.end();
  const setting = SETTINGS[name];
  const columns = columnsOf(`${name}:${setting?.oid ?? TEXT}`);
  return {
    kind: 'act',
    columns,
    act: async () => {
      await onlyAdmin(context, 'show', name);
      if (!setting) throw new SqlError('XXUUU', `unknown setting: "${name}"`);
      return { tag: 'SHOW 1', columns, rows: [[values.get(name) ?? setting.value]] };
    },
  };
};

/** `SET CLUSTER SETTING name = value` and `RESET CLUSTER SETTING name`. */
export function planClusterSetting(statement: Statement, context: Context): Plan | undefined {
  const words = new Words(statement);
  const verb = words.one('set', 'reset');
  if (!words.skip('cluster', 'setting')) return undefined;
  const name = words.path().join('.');
  let value: string | undefined;
  if (verb === 'set') {
    if (!words.skip('=')) words.need('to');
    value = words.rest().replace(/^'([\s\S]*)'$/, '$1');
  } else words.end();
  return setting(context, name, value);
}

function setting(context: Context, name: string, value: string | undefined): ActPlan {
  return {
    kind: 'act',
    act: async () => {
      if (context.session.transaction.state === 'open')
        throw new SqlError('XXUUU', 'SET CLUSTER SETTING cannot be used inside a transaction');
      await onlyAdmin(context, 'set', name);
      const known = SETTINGS[name];
      if (!known) throw new SqlError('XXUUU', `unknown cluster setting '${name}'`);
      if (value === undefined || value.toLowerCase() === 'default') values.delete(name);
      else if (known.oid !== BOOL) values.set(name, value);
      else if (/^(true|on|t|yes)$/i.test(value)) values.set(name, 't');
      else if (/^(false|off|f|no)$/i.test(value)) values.set(name, 'f');
      else throw new SqlError('22P02', `could not parse "${value}" as type bool: invalid bool value`);
      return { tag: 'SET CLUSTER SETTING' };
    },
  };
}
