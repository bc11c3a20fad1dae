import type { Construct } from './construct.ts';

/** What SHOW shows: one for each reader in show/show.ts. */
export const SHOWN = {
  clusterSetting: {
    does: '`SHOW CLUSTER SETTING name`, `SHOW CLUSTER SETTINGS` and `SHOW ALL CLUSTER SETTINGS`, without descriptions.',
    pages: ['show-cluster-setting'],
    module: 'show/show-cluster-setting.ts',
  },
  columns: { does: '`SHOW COLUMNS`.', pages: ['show-columns'], module: 'show/show-table.ts' },
  indexes: { does: '`SHOW INDEXES`, of a table or a database.', pages: ['show-index'], module: 'show/show-table.ts' },
  constraints: { does: '`SHOW CONSTRAINTS`.', pages: ['show-constraints'], module: 'show/show-table.ts' },
  create: {
    does: '`SHOW CREATE` of tables, views and sequences.',
    pages: ['show-create'],
    module: 'show/show-table.ts',
  },
  statistics: {
    does: '`SHOW STATISTICS`: what `CREATE STATISTICS` has counted; none is gathered by itself.',
    pages: ['show-statistics'],
    module: 'show/show-table.ts',
  },
  databases: { does: '`SHOW DATABASES`.', pages: ['show-databases'], module: 'show/show-database-objects.ts' },
  tables: { does: '`SHOW TABLES`.', pages: ['show-tables'], module: 'show/show-database-objects.ts' },
  schemas: { does: '`SHOW SCHEMAS`.', pages: ['show-schemas'], module: 'show/show-database-objects.ts' },
  sequences: { does: '`SHOW SEQUENCES`.', pages: ['show-sequences'], module: 'show/show-database-objects.ts' },
  types: {
    does: '`SHOW ENUMS` and `SHOW TYPES`.',
    pages: ['show-enums', 'show-types'],
    module: 'show/show-database-objects.ts',
  },
  regions: {
    does: '`SHOW REGIONS`: one region, without a name.',
    pages: ['show-regions'],
    module: 'show/show-database-objects.ts',
  },
  users: { does: '`SHOW USERS` and `SHOW ROLES`.', pages: ['show-users', 'show-roles'], module: 'show/show-grants.ts' },
  grants: {
    does: '`SHOW GRANTS`, on databases, schemas, types, tables or roles, and for users.',
    pages: ['show-grants'],
    module: 'show/show-grants.ts',
  },
  savepoints: { does: '`SHOW SAVEPOINT STATUS`.', pages: ['show-savepoint-status'], module: 'session/savepoints.ts' },
  variable: { does: '`SHOW variable` and `SHOW ALL`.', pages: ['show-vars'], module: 'show/show-variable.ts' },
  sessions: { does: '`SHOW SESSIONS`.', pages: ['show-sessions'], module: 'show/show-node.ts' },
  queries: { does: '`SHOW STATEMENTS` and `SHOW QUERIES`.', pages: ['show-statements'], module: 'show/show-node.ts' },
  runningTransactions: {
    does: '`SHOW TRANSACTIONS`.',
    pages: ['show-transactions'],
    module: 'show/show-node.ts',
  },
  jobs: {
    does: '`SHOW JOBS`: the changes to the schema since the node started; the stand-in has no other jobs.',
    pages: ['show-jobs'],
    module: 'show/show-node.ts',
  },
  lastQuery: {
    does: '`SHOW LAST QUERY STATISTICS`: the time of the whole statement.',
    pages: ['sql-statements'],
    module: 'show/show-node.ts',
  },
  zones: {
    does: '`SHOW ZONE CONFIGURATION`: that of a new cluster, for zones cannot be configured.',
    pages: ['show-zone-configurations'],
    module: 'show/show-storage.ts',
  },
  ranges: {
    does: '`SHOW RANGES` and `SHOW RANGE … FOR ROW`: each table is one range, on the only node.',
    pages: ['show-ranges', 'show-range-for-row'],
    module: 'show/show-storage.ts',
  },
  schedules: { does: '`SHOW SCHEDULES`: none.', pages: ['show-schedules'], module: 'show/show-node.ts' },
  partitions: { does: '`SHOW PARTITIONS`: none.', pages: ['show-partitions'], module: 'show/show-storage.ts' },
  histogram: {
    does: '`SHOW HISTOGRAM`: there is none, for the stand-in gathers no statistics.',
    pages: ['show-statistics'],
    module: 'show/show-storage.ts',
  },
  trace: { does: '`SHOW TRACE FOR SESSION`: empty.', pages: ['show-trace'], module: 'show/show-storage.ts' },
  survivalGoal: {
    does: '`SHOW SURVIVAL GOAL`: none.',
    pages: ['sql-statements'],
    module: 'show/show-storage.ts',
  },
} as const satisfies Record<string, Construct>;
