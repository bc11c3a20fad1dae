import { columnsOf, type Column } from '../../protocol/columns.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import type { Job, SessionFacts } from '../translation/node.ts';
import type { Local } from '../translation/translation.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';

const NODE_ID = '1';
/** The one that `cockroach sql` and tools of CockroachDB's use for what the user did not type. */
const INTERNAL = /^\$ internal/;

/** Returns an answer of the stand-in itself, whose tag is `tag` and the number of rows. */
function answer(
  tag: string,
  columns: Column[],
  rowsOf: () => (string | null)[][] | Promise<(string | null)[][]>,
): Local {
  return {
    kind: 'local',
    columns,
    execute: async () => {
      const rows = await rowsOf();
      return { tag: `${tag} ${rows.length}`, columns, rows };
    },
  };
}

/** Returns a time as a TIMESTAMP in UTC. */
export function timestamp(at: Date): string {
  return at.toISOString().replace('T', ' ').replace('Z', '');
}

/** Reads the optional words before and after what a SHOW of sessions shows; returns whether it shows all. */
function readAll(reader: StatementReader, ...kinds: string[]): { all: boolean; kind: string } | undefined {
  const start = reader.at;
  const all = reader.skip('all');
  reader.oneOf('cluster', 'local');
  const kind = reader.oneOf(...kinds);
  if (!kind) reader.at = start;
  return kind === undefined ? undefined : { all, kind };
}

/** The sessions that a client may see: those of its own user, and all for members of admin. */
export async function visible(context: Context, all: boolean): Promise<SessionFacts[]> {
  const { node, user } = context;
  const seesAll = await isAdmin(context);
  return node.sessions.filter(
    (session) => (seesAll || session.user === user) && (all || !INTERNAL.test(session.applicationName)),
  );
}

/** cockroachlabs.com/docs/v21.1/show-sessions */
const showSessions: ShowReader = (reader, context) => {
  const read = readAll(reader, 'sessions');
  if (!read) return undefined;
  reader.expectEnd();
  const columns = columnsOf({
    node_id: 'int8',
    session_id: 'text',
    user_name: 'text',
    client_address: 'text',
    application_name: 'text',
    active_queries: 'text',
    last_active_query: 'text',
    session_start: 'timestamp',
    oldest_query_start: 'timestamp',
  });
  return answer('SHOW SESSIONS', columns, async () =>
    (await visible(context, read.all)).map(({ id, user, client, applicationName, query, lastQuery, startedAt }) => [
      NODE_ID,
      id,
      user,
      client,
      applicationName,
      query?.sql ?? '',
      lastQuery,
      timestamp(startedAt),
      query ? timestamp(query.startedAt) : null,
    ]),
  );
};

/** cockroachlabs.com/docs/v21.1/show-statements */
const showQueries: ShowReader = (reader, context) => {
  const read = readAll(reader, 'queries', 'statements');
  if (!read) return undefined;
  reader.expectEnd();
  const columns = columnsOf({
    query_id: 'text',
    node_id: 'int8',
    session_id: 'text',
    user_name: 'text',
    start: 'timestamp',
    query: 'text',
    client_address: 'text',
    application_name: 'text',
    distributed: 'bool',
    phase: 'text',
  });
  return answer(`SHOW ${read.kind.toUpperCase()}`, columns, async () =>
    (await visible(context, read.all)).flatMap(({ id, user, client, applicationName, query }) =>
      query
        ? [
            [
              query.id,
              NODE_ID,
              id,
              user,
              timestamp(query.startedAt),
              query.sql,
              client,
              applicationName,
              'f',
              'executing',
            ],
          ]
        : [],
    ),
  );
};

/** cockroachlabs.com/docs/v21.1/show-transactions */
const showTransactions: ShowReader = (reader, context) => {
  const read = readAll(reader, 'transactions');
  if (!read) return undefined;
  reader.expectEnd();
  const columns = columnsOf({
    node_id: 'int8',
    txn_id: 'uuid',
    application_name: 'text',
    num_stmts: 'int8',
    num_retries: 'int8',
    num_auto_retries: 'int8',
  });
  return answer('SHOW TRANSACTIONS', columns, async () =>
    (await visible(context, read.all)).flatMap(({ applicationName, transaction }) =>
      transaction ? [[NODE_ID, transaction.id, applicationName, String(transaction.statements), '0', '0']] : [],
    ),
  );
};

const JOBS = columnsOf({
  job_id: 'int8',
  job_type: 'text',
  description: 'text',
  statement: 'text',
  user_name: 'text',
  status: 'text',
  running_status: 'text',
  created: 'timestamp',
  started: 'timestamp',
  finished: 'timestamp',
  modified: 'timestamp',
  fraction_completed: 'float8',
  error: 'text',
  coordinator_id: 'int8',
});

function jobRow({ id, description, user, startedAt, finishedAt }: Job): (string | null)[] {
  const [started, finished] = [timestamp(startedAt), timestamp(finishedAt)];
  const times = [started, started, finished, finished];
  return [String(id), 'SCHEMA CHANGE', description, '', user, 'succeeded', null, ...times, '1', '', null];
}

/**
 * SHOW JOBS (cockroachlabs.com/docs/v21.1/show-jobs): the changes to the schema, which have all ended. The stand-in has
 * no other jobs. Throws StatementError.
 */
const showJobs: ShowReader = (reader, { node }) => {
  const isAutomatic = reader.skip('automatic', 'jobs');
  if (!isAutomatic && !reader.oneOf('jobs', 'job')) return undefined;
  if (isAutomatic || reader.atEnd) {
    reader.expectEnd();
    return answer('SHOW JOBS', JOBS, () => (isAutomatic ? [] : node.jobs.map(jobRow)));
  }
  reader.skip('when', 'complete');
  if (reader.token.kind !== 'number') return undefined;
  const id = reader.token.value;
  reader.at++;
  reader.expectEnd();
  return answer('SHOW JOBS', JOBS, () => node.jobs.filter((job) => String(job.id) === id).map(jobRow));
};

/** `SHOW LAST QUERY STATISTICS`: the time of the statement before; the stand-in does not tell its parts. */
const showLastQuery: ShowReader = (reader, { session }) => {
  if (!reader.skip('last', 'query', 'statistics')) return undefined;
  reader.expectEnd();
  const columns = columnsOf({
    parse_latency: 'interval',
    plan_latency: 'interval',
    exec_latency: 'interval',
    service_latency: 'interval',
  });
  return answer('SHOW LAST QUERY STATISTICS', columns, () => {
    const took = `00:00:${(session.lastTookMs / 1000).toFixed(6).padStart(9, '0')}`;
    return [['00:00:00', '00:00:00', took, took]];
  });
};

/** cockroachlabs.com/docs/v21.1/show-schedules: none, for what they would run, backups, is not there. */
const showSchedules: ShowReader = (reader) => {
  reader.oneOf('running', 'paused');
  const ofOne = reader.skip('schedule');
  if (!ofOne && !reader.skip('schedules')) return undefined;
  if (ofOne) reader.at++;
  else if (reader.skip('for')) reader.expect('backup');
  reader.expectEnd();
  const columns = columnsOf({
    id: 'int8',
    label: 'text',
    schedule_status: 'text',
    next_run: 'timestamptz',
    state: 'text',
    recurrence: 'text',
    jobsrunning: 'int8',
    owner: 'text',
    created: 'timestamptz',
    command: 'jsonb',
  });
  return answer('SHOW SCHEDULES', columns, () => []);
};

/** The readers of SHOW for what the node does. */
export const SHOW_NODE = {
  sessions: showSessions,
  queries: showQueries,
  runningTransactions: showTransactions,
  jobs: showJobs,
  schedules: showSchedules,
  lastQuery: showLastQuery,
} satisfies Partial<ShowReaders>;
