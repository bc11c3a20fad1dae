/** One construct of CockroachDB's SQL, as the page about the stand-in lists it. */
interface Construct {
  /** Sentences for readers, with SQL between backticks. */
  does: string;
  /** The pages of CockroachDB's documentation that describe it, by their names below `docs/stable/`. */
  pages: readonly string[];
  /** The module that implements it, by its path in this folder. */
  module: string;
}

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
    does: '`CREATE INDEX` and `DROP INDEX`.',
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
  savepoints: { does: '`SAVEPOINT name`.', pages: ['savepoint'], module: 'session/savepoints.ts' },
  settings: {
    does: '`SET`, `RESET`, `USE` and `DISCARD ALL`.',
    pages: ['set-vars', 'set-transaction', 'reset-vars'],
    module: 'session/session-settings.ts',
  },
  show: {
    does: '`SHOW …`, as the lines below tell; any other is refused.',
    pages: ['sql-statements'],
    module: 'show/show.ts',
  },
  explain: {
    does: "`EXPLAIN` and `EXPLAIN ANALYZE`: PostgreSQL's plan under CockroachDB's column.",
    pages: ['explain', 'explain-analyze'],
    module: 'queries/explain.ts',
  },
  prepared: {
    does: '`PREPARE`, `EXECUTE` and `DEALLOCATE`.',
    pages: ['sql-grammar#prepare_stmt'],
    module: 'queries/prepared-statements.ts',
  },
  comments: {
    does: '`COMMENT ON` databases, schemas, tables, columns and indexes.',
    pages: ['comment-on'],
    module: 'definitions/comments.ts',
  },
  copy: {
    does: '`COPY … FROM STDIN`; never a file or a program.',
    pages: ['copy-from'],
    module: 'queries/copy.ts',
  },
} as const satisfies Record<string, Construct>;

/** What SHOW shows: one for each reader in show/show.ts. */
export const SHOWN = {
  clusterSetting: {
    does: '`SHOW CLUSTER SETTING name`.',
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
    does: '`SHOW STATISTICS`: an empty list, for the stand-in gathers none that it could tell.',
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
    does: '`SHOW GRANTS` on tables, databases and roles.',
    pages: ['show-grants'],
    module: 'show/show-grants.ts',
  },
  variable: { does: '`SHOW variable` and `SHOW ALL`.', pages: ['show-vars'], module: 'show/show-variable.ts' },
} as const satisfies Record<string, Construct>;

/** What is rewritten in every statement for PostgreSQL: one for each rewriting in rewriting/rewrite.ts. */
export const REWRITTEN = {
  literals: {
    does: "Constants that PostgreSQL writes otherwise: `b'…'` and `x'…'` are bytes.",
    pages: ['sql-constants'],
    module: 'rewriting/literals.ts',
  },
  types: {
    does:
      'Names of types that PostgreSQL lacks, or means something narrower by: `STRING` is text, `INT` has eight ' +
      'bytes.',
    pages: ['data-types'],
    module: 'rewriting/type-names.ts',
  },
  names: {
    does: '`database.table` and `database.schema.table`, of the database that one is in.',
    pages: ['sql-name-resolution'],
    module: 'rewriting/qualified-names.ts',
  },
  catalogs: {
    does: "The tables of `pg_catalog` and `information_schema` that programs read tell what CockroachDB's tell.",
    pages: ['pg-catalog', 'information-schema'],
    module: 'rewriting/catalogs.ts',
  },
  functions: {
    does: '`IF`, `IFNULL` and `NVL`. Functions of PostgreSQL that CockroachDB does not have are refused.',
    pages: ['functions-and-operators'],
    module: 'rewriting/functions.ts',
  },
  order: {
    does: '`ORDER BY` puts NULLs first, and last when descending; PostgreSQL does it the other way round.',
    pages: ['order-by'],
    module: 'rewriting/order-by.ts',
  },
  hints: {
    does: '`table@index` and `table@{…}` choose an index; the answer is the same without.',
    pages: ['table-expressions#force-index-selection'],
    module: 'rewriting/index-hints.ts',
  },
  limitedChanges: {
    does:
      '`UPDATE … ORDER BY … LIMIT` and `DELETE … ORDER BY … LIMIT` change the rows that a query with that order ' +
      'and limit finds. `RETURNING NOTHING` returns nothing.',
    pages: ['limit-offset'],
    module: 'rewriting/limited-changes.ts',
  },
} as const satisfies Record<string, Construct>;

/** What several kinds of statements have in common. */
const COMMON: readonly Construct[] = [
  {
    does: "StatementReader, names and signs of CockroachDB's SQL, with its constants.",
    pages: ['sql-constants', 'keywords-and-identifiers'],
    module: 'text/lexer.ts',
  },
  {
    does:
      "StatementReader that name nothing unless quoted; what does not fit is CockroachDB's syntax error at that " +
      'place.',
    pages: ['sql-grammar#reserved_keyword'],
    module: 'text/statement-reader.ts',
  },
  {
    does:
      'Columns of `CREATE TABLE` and `ADD COLUMN`: `SERIAL` is `INT8` with `unique_rowid()`, `AS (…) STORED` a ' +
      'generated column.',
    pages: ['create-table', 'serial', 'computed-columns'],
    module: 'definitions/column-definition.ts',
  },
  {
    does:
      '`[UNIQUE] [INVERTED] INDEX [name] (columns) [STORING (columns)] [WHERE …]`, in `CREATE TABLE` as in ' +
      '`CREATE INDEX`.',
    pages: ['create-index', 'inverted-indexes', 'partial-indexes'],
    module: 'definitions/index-definition.ts',
  },
  {
    does: '`FROM [SHOW …]` and `FROM [INSERT … RETURNING …]`: a statement as a table.',
    pages: ['table-expressions#use-the-output-of-another-statement'],
    module: 'queries/row-sources.ts',
  },
  {
    does: "Session variables, with CockroachDB's defaults and the values that it takes.",
    pages: ['session-variables'],
    module: 'session/variables.ts',
  },
  {
    does: 'Cluster settings can be read and set, some of them; they change nothing here.',
    pages: ['cluster-settings', 'set-cluster-setting'],
    module: 'session/cluster-settings.ts',
  },
  {
    does:
      "Retry errors in CockroachDB's words, which programs know them by. The clock readings in them are this " +
      "machine's.",
    pages: ['transaction-retry-error-reference'],
    module: 'results/retry-error.ts',
  },
];

/** All constructs, in the order in which the page lists them. */
export const CONSTRUCTS: readonly Construct[] = [
  ...Object.values(STATEMENTS),
  ...Object.values(SHOWN),
  ...Object.values(REWRITTEN),
  ...COMMON,
];
