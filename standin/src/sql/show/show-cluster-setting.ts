import { columnsOf } from '../../protocol/columns.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { SettingType } from '../session/cluster-setting-values.ts';
import { printInterval, readDuration } from '../session/durations.ts';
import { allClusterSettings, clusterSetting, NO_DESCRIPTION, requireAdminFor } from '../session/cluster-settings.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import { localRow, type Forward, type Local } from '../translation/translation.ts';
import type { ShowReader } from './show-reader.ts';

/** The types of the column of SHOW CLUSTER SETTING; settings of the other types are shown as text. */
const COLUMN_TYPES: Partial<Record<SettingType, 'bool' | 'int8' | 'float8' | 'interval'>> = {
  b: 'bool',
  i: 'int8',
  f: 'float8',
  d: 'interval',
};

/**
 * `SHOW CLUSTER SETTING name`, `SHOW CLUSTER SETTINGS` and `SHOW ALL CLUSTER SETTINGS`
 * (cockroachlabs.com/docs/stable/show-cluster-setting).
 */
export const showClusterSetting: ShowReader = async (reader, context) => {
  const list = reader.oneOf('all', 'public');
  if (!reader.skip('cluster')) return undefined;
  if (reader.skip('settings')) return await showAll(reader, context, list === 'all');
  reader.expect('setting');
  if (list === undefined && reader.skip('all')) return await showAll(reader, context, true);
  return await showOne(reader, context);
};

async function showOne(reader: StatementReader, context: Context): Promise<Local> {
  const name = reader.path().join('.').toLowerCase();
  reader.expectEnd();
  const setting = await clusterSetting(name);
  const type = setting && COLUMN_TYPES[setting.type];
  return localRow('SHOW', columnsOf({ [name]: type ?? 'text' }), async () => {
    await requireAdminFor('show', name, context);
    if (!setting) throw new StatementError(SQLSTATE.uncategorized, `unknown setting: "${name}"`);
    const value = context.clusterSettings.get(name) ?? setting.value;
    return [
      type === 'bool' ? value.slice(0, 1) : type === 'interval' ? printInterval(readDuration(value, 's') ?? 0) : value,
    ];
  });
}

async function showAll(reader: StatementReader, context: Context, withReserved: boolean): Promise<Forward> {
  reader.expectEnd();
  if (!(await isAdmin(context)))
    throw new StatementError(
      SQLSTATE.insufficientPrivilege,
      'only users with the admin role are allowed to SHOW CLUSTER SETTINGS',
    );
  const rows = [...(await allClusterSettings())].flatMap(([name, { type, isPublic, value }]) => {
    if (!isPublic && !withReserved) return [];
    const texts = [name, context.clusterSettings.get(name) ?? value, type].map(quoteText);
    return [`(${texts.join(', ')}, ${isPublic}, ${quoteText(NO_DESCRIPTION)})`];
  });
  return {
    kind: 'forward',
    sql: `
      SELECT variable, value, setting_type, public, description
      FROM (VALUES ${rows.join(', ')}) AS v (variable, value, setting_type, public, description)`,
    tag: 'SHOW CLUSTER SETTINGS {rows}',
    columns: columnsOf({ variable: 'text', value: 'text', setting_type: 'text', public: 'bool', description: 'text' }),
  };
}
