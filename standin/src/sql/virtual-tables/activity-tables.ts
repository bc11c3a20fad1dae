import { timestamp, visible } from '../show/show-node.ts';
import { quoteText } from '../text/quoting.ts';
import type { Context } from '../translation/context.ts';
import type { SessionFacts } from '../translation/node.ts';
import { nullColumns, type VirtualTable, type VirtualTables } from './virtual-table.ts';

type Row = (string | null)[];

/** Returns a table whose rows are those of what the node does when the table is read. */
function now(columns: string, rowsOf: (context: Context) => Row[] | Promise<Row[]>): VirtualTable {
  const none = `SELECT ${nullColumns(columns)} WHERE false`;
  const cell = (value: string | null): string => (value === null ? 'NULL' : quoteText(value));
  return {
    columns,
    // The types are those of the first part.
    rows: async (context) =>
      [none, ...(await rowsOf(context)).map((row) => `SELECT ${row.map(cell).join(', ')}`)].join(' UNION ALL '),
  };
}

const sessions = now(
  'node_id INT8, session_id STRING, user_name STRING, client_address STRING, application_name STRING, ' +
    'active_queries STRING, last_active_query STRING, session_start TIMESTAMP, oldest_query_start TIMESTAMP, ' +
    'kv_txn STRING, alloc_bytes INT8, max_alloc_bytes INT8',
  async (context) =>
    (await visible(context, true)).map((session) => [
      ...['1', session.id, session.user, session.client, session.applicationName],
      session.query?.sql ?? '',
      session.lastQuery,
      timestamp(session.startedAt),
      session.query ? timestamp(session.query.startedAt) : null,
      session.transaction?.id ?? null,
      ...[null, null],
    ]),
);

const queries = now(
  'query_id STRING, txn_id UUID, node_id INT8, session_id STRING, user_name STRING, start TIMESTAMP, query STRING, ' +
    'client_address STRING, application_name STRING, distributed BOOL, phase STRING',
  async (context) => (await visible(context, true)).flatMap((session) => queryRow(session)),
);

function queryRow({ id, user, client, applicationName, query, transaction }: SessionFacts): Row[] {
  if (!query) return [];
  const of = [query.id, transaction?.id ?? null, '1', id, user];
  return [[...of, timestamp(query.startedAt), query.sql, client, applicationName, 'false', 'executing']];
}

const jobs = now(
  'job_id INT8, job_type STRING, description STRING, statement STRING, user_name STRING, descriptor_ids INT8[], ' +
    'status STRING, running_status STRING, created TIMESTAMP, started TIMESTAMP, finished TIMESTAMP, ' +
    'modified TIMESTAMP, fraction_completed FLOAT8, high_water_timestamp DECIMAL, error STRING, coordinator_id INT8',
  ({ node }) =>
    node.jobs.map(({ id, description, user, startedAt, finishedAt }) => {
      const [started, finished] = [timestamp(startedAt), timestamp(finishedAt)];
      const times = [started, started, finished, finished];
      return [
        String(id),
        'SCHEMA CHANGE',
        description,
        '',
        user,
        '{}',
        'succeeded',
        null,
        ...times,
        '1',
        null,
        '',
        null,
      ];
    }),
);

/** The tables of crdb_internal about what the node does. */
export const ACTIVITY_TABLES: VirtualTables = {
  'crdb_internal.cluster_sessions': sessions,
  'crdb_internal.node_sessions': sessions,
  'crdb_internal.cluster_queries': queries,
  'crdb_internal.node_queries': queries,
  'crdb_internal.jobs': jobs,
};
