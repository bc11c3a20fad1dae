import type { Workload, WorkloadTable } from './workload.ts';

/** An empty table of keys and values, as `cockroach workload init kv` makes it. */
export const kv: Workload = {
  about: 'KV reads and writes to keys spread uniformly at random across the cluster.',
  flags: [],
  tables: emptyTable,
  afterwards: [],
};

function emptyTable(): WorkloadTable[] {
  return [{ name: 'kv', schema: '(k INT8 NOT NULL PRIMARY KEY, v BYTES NOT NULL)', rows: [] }];
}
