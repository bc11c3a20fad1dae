import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { columnsOf } from '../../protocol/columns.ts';
import { clusterSetting, requireAdminFor } from '../session/cluster-settings.ts';
import { localRow } from '../translation/translation.ts';
import type { ShowReader } from './show-reader.ts';

/** `SHOW CLUSTER SETTING name` (cockroachlabs.com/docs/stable/show-cluster-setting). */
export const showClusterSetting: ShowReader = (reader, context) => {
  if (!reader.skip('cluster', 'setting')) return undefined;
  const name = reader.path().join('.');
  reader.expectEnd();
  const setting = clusterSetting(name);
  return localRow('SHOW', columnsOf({ [name]: setting?.type ?? 'text' }), async () => {
    await requireAdminFor('show', name, context);
    if (!setting) throw new StatementError(SQLSTATE.uncategorized, `unknown setting: "${name}"`);
    return [context.clusterSettings.get(name) ?? setting.value];
  });
};
