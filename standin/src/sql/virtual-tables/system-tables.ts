import { quoteText } from '../text/quoting.ts';
import type { Context } from '../translation/context.ts';
import { clusterSetting } from '../session/cluster-settings.ts';
import { noRows, nullColumns, type VirtualTables } from './virtual-table.ts';

const SETTING_COLUMNS = 'name STRING, value STRING, lastUpdated TIMESTAMP, valueType STRING';

/** The changed cluster settings; when each was changed is not kept. */
async function changedSettings({ clusterSettings }: Context): Promise<string> {
  const rows = await Promise.all(
    [...clusterSettings].map(async ([name, value]) => {
      const texts = [name, value].map((text) => `${quoteText(text)}::text`);
      return `(${texts.join(', ')}, NULL::timestamp, ${quoteText((await clusterSetting(name))!.type)}::text)`;
    }),
  );
  return rows.length ? `VALUES ${rows.join(', ')}` : `SELECT ${nullColumns(SETTING_COLUMNS)} WHERE false`;
}

/** The tables of database system that are not the storage's own. */
export const SYSTEM_TABLES: VirtualTables = {
  'system.settings': { columns: SETTING_COLUMNS, rows: changedSettings },
  'system.scheduled_jobs': noRows(
    'schedule_id INT8, schedule_name STRING, created TIMESTAMPTZ, owner STRING, next_run TIMESTAMPTZ, ' +
      'schedule_state BYTES, schedule_expr STRING, schedule_details BYTES, executor_type STRING, execution_args BYTES',
  ),
  'system.jobs': noRows(
    'id INT8, status STRING, created TIMESTAMP, payload BYTES, progress BYTES, created_by_type STRING, ' +
      'created_by_id INT8, claim_session_id BYTES, claim_instance_id INT8',
  ),
  'system.table_statistics': noRows(
    'tableID INT8, statisticID INT8, name STRING, columnIDs INT8[], createdAt TIMESTAMP, rowCount INT8, ' +
      'distinctCount INT8, nullCount INT8, histogram BYTES',
  ),
};
