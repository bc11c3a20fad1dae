import type { Construct } from './construct.ts';

/** The statements that the stand-in supports: one for each translator in translate-statement.ts. */
export const STATEMENTS = {
  queries: {
    does: '`SELECT`, `VALUES`, `TABLE`, `WITH`, `INSERT`, `UPDATE`, `DELETE` and `TRUNCATE`.',
    pages: ['selection-queries', 'insert', 'update', 'delete', 'truncate'],
    module: 'queries/query.ts',
  },
  upsert: {
    does:
      '`UPSERT INTO …`, as `INSERT … ON CONFLICT` on the primary key. Of rows in one `VALUES` list that have the ' +
      'same key, the last stays.',
    pages: ['upsert', 'selection-queries#values-clause'],
    module: 'queries/upsert.ts',
  },
  databases: {
    does: '`CREATE DATABASE`, `ALTER DATABASE … RENAME` and `… OWNER`, and `DROP DATABASE`, outside transactions.',
    pages: ['create-database', 'alter-database', 'drop-database'],
    module: 'definitions/databases.ts',
  },
  roles: {
    does: '`CREATE`, `ALTER` and `DROP` of users and roles. They log in with certificates: passwords are refused.',
    pages: ['create-user', 'alter-user', 'drop-user'],
    module: 'access/roles.ts',
  },
  tables: {
    does:
      '`CREATE TABLE` and `CREATE TABLE … AS`; `CREATE TEMP TABLE` where `experimental_enable_temp_tables` is ' +
      'on. Indexes among the columns become statements of their own.',
    pages: ['create-table', 'create-table-as'],
    module: 'definitions/create-table.ts',
  },
  indexes: {
    does:
      '`CREATE INDEX` and `DROP INDEX`. A unique index that a transaction makes is filled when it commits, and may ' +
      'fail then.',
    pages: ['create-index', 'drop-index'],
    module: 'definitions/indexes.ts',
  },
  otherObjects: {
    does: '`CREATE VIEW`, `CREATE SEQUENCE`, `CREATE SCHEMA` and `CREATE TYPE … AS ENUM`; no other objects.',
    pages: ['create-view', 'create-sequence', 'create-schema', 'create-type'],
    module: 'definitions/create-object.ts',
  },
  alterations: {
    does:
      '`ALTER TABLE`, `ALTER VIEW`, `ALTER SEQUENCE`, `ALTER TYPE`, `ALTER SCHEMA`, and `ALTER INDEX … RENAME`. ' +
      'A column that a transaction adds cannot be used before it ends.',
    pages: ['alter-table', 'alter-index', 'online-schema-changes#limitations'],
    module: 'definitions/alter-table.ts',
  },
  drops: {
    does: '`DROP TABLE`, `DROP VIEW`, `DROP SEQUENCE`, `DROP SCHEMA` and `DROP TYPE`.',
    pages: ['drop-table', 'drop-view', 'drop-sequence', 'drop-schema', 'drop-type'],
    module: 'definitions/drop-object.ts',
  },
  grants: {
    does: '`GRANT` and `REVOKE`, of privileges and of roles.',
    pages: ['grant', 'revoke'],
    module: 'access/grants.ts',
  },
  transactions: {
    does: '`BEGIN`, `COMMIT`, `ROLLBACK`, `RELEASE SAVEPOINT` and `SHOW TRANSACTION STATUS`.',
    pages: ['begin-transaction', 'commit-transaction', 'rollback-transaction', 'release-savepoint'],
    module: 'session/transactions.ts',
  },
  savepoints: {
    does:
      '`SAVEPOINT name`. Releasing `cockroach_restart` commits; rolling back to a savepoint that was set before ' +
      'anything else restarts the transaction.',
    pages: ['savepoint'],
    module: 'session/savepoints.ts',
  },
  settings: {
    does: '`SET`, `RESET`, `USE` and `DISCARD ALL`.',
    pages: ['set-vars', 'set-transaction', 'reset-vars'],
    module: 'session/session-settings.ts',
  },
  show: {
    does: '`SHOW …`, as the next part lists; any other is refused.',
    pages: ['sql-statements'],
    module: 'show/show.ts',
  },
  explain: {
    does:
      "`EXPLAIN` and `EXPLAIN ANALYZE`, plain or with `PLAN`, `TYPES` or `VERBOSE`: PostgreSQL's plan under " +
      "CockroachDB's column. Of a definition, what it is.",
    pages: ['explain', 'explain-analyze'],
    module: 'queries/explain.ts',
  },
  prepared: {
    does: '`PREPARE`, `EXECUTE` and `DEALLOCATE`.',
    pages: ['sql-grammar#prepare_stmt'],
    module: 'queries/prepared-statements.ts',
  },
  statistics: {
    does: '`CREATE STATISTICS`: the counts are for `SHOW STATISTICS` only.',
    pages: ['create-statistics'],
    module: 'definitions/create-statistics.ts',
  },
  reassigning: {
    does: '`REASSIGN OWNED BY … TO …`.',
    pages: ['reassign-owned'],
    module: 'access/reassigning.ts',
  },
  cursors: {
    does:
      '`DECLARE … CURSOR FOR` a query, `FETCH`, `MOVE` and `CLOSE`, in a transaction and only forward, as newer ' +
      'versions have them.',
    pages: ['cursors'],
    module: 'queries/cursors.ts',
  },
  refresh: {
    does: '`REFRESH MATERIALIZED VIEW`.',
    pages: ['refresh'],
    module: 'definitions/refresh-view.ts',
  },
  comments: {
    does: '`COMMENT ON` databases, schemas, tables, columns, indexes and constraints.',
    pages: ['comment-on'],
    module: 'definitions/comments.ts',
  },
  copy: {
    does: '`COPY … FROM STDIN` and `COPY … TO STDOUT`, as text or CSV; never a file or a program.',
    pages: ['copy-from'],
    module: 'queries/copy.ts',
  },
  cancelling: {
    does:
      '`CANCEL QUERY` and `CANCEL SESSION`. `CANCEL`, `PAUSE` and `RESUME JOB` find only changes to the schema, ' +
      'which have all ended.',
    pages: ['cancel-query', 'cancel-session', 'cancel-job', 'pause-job', 'resume-job'],
    module: 'session/cancelling.ts',
  },
} as const satisfies Record<string, Construct>;
