import type { Construct } from './construct.ts';

/** What several kinds of statements have in common. */
export const COMMON: readonly Construct[] = [
  {
    does: "Words, names and signs of CockroachDB's SQL, with its constants.",
    pages: ['sql-constants', 'keywords-and-identifiers'],
    module: 'text/lexer.ts',
  },
  {
    does:
      "Reserved words, which name nothing unless quoted; what does not fit is CockroachDB's syntax error at that " +
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
      'Hidden columns: `rowid`, the key of a table that was defined without one, and those that are `NOT VISIBLE`. ' +
      '`*` and an `INSERT` without columns leave them out; statements can name them like any other column.',
    pages: ['create-table'],
    module: 'hidden-columns/hide-columns.ts',
  },
  {
    does:
      '`[UNIQUE] [INVERTED] INDEX [name] (columns) [STORING (columns)] [WHERE …]`, in `CREATE TABLE` as in ' +
      '`CREATE INDEX`.',
    pages: ['create-index', 'inverted-indexes', 'partial-indexes'],
    module: 'definitions/index-definition.ts',
  },
  {
    does:
      'Rows that nobody orders come in the order of the primary key, or of the index that CockroachDB would read; ' +
      'a join in that of its first table, groups in that of their first rows. Unions and `RETURNING` have none.',
    pages: ['order-by', 'cost-based-optimizer'],
    module: 'row-order/order-rows.ts',
  },
  {
    does: '`@2` is the second column of the tables in `FROM`.',
    pages: ['scalar-expressions#column-references'],
    module: 'queries/column-numbers.ts',
  },
  {
    does: '`(a,)` is a tuple of one field.',
    pages: ['scalar-expressions#tuple-constructors'],
    module: 'queries/single-tuples.ts',
  },
  {
    does: '`FROM [SHOW …]`, `FROM [INSERT … RETURNING …]` and `WITH name AS (SHOW …)`: a statement as a table.',
    pages: ['table-expressions#use-the-output-of-another-statement'],
    module: 'queries/row-sources.ts',
  },
  {
    does: 'Column families, in `CREATE TABLE` and `ADD COLUMN`: SHOW CREATE tells them, and they have no other effect.',
    pages: ['column-families'],
    module: 'definitions/families.ts',
  },
  {
    does:
      '`USING HASH WITH BUCKET_COUNT = n`, where `experimental_enable_hash_sharded_indexes` is on: the index has its ' +
      'hidden shard column.',
    pages: ['hash-sharded-indexes'],
    module: 'definitions/shard-columns.ts',
  },
  {
    does: 'Defaults, checks, computed columns and conditions of indexes, printed by SHOW as CockroachDB prints them.',
    pages: ['default-value', 'check', 'computed-columns', 'partial-indexes'],
    module: 'definitions/expressions/printed-sql.ts',
  },
  {
    does: 'Parts of tuples: `((1, 2)).@2`, `(((1, 2) AS a, b)).b` and `(…).*`.',
    pages: ['scalar-expressions#tuple-constructors'],
    module: 'queries/tuple-parts.ts',
  },
  {
    does: '`ORDER BY PRIMARY KEY table` and `ORDER BY INDEX table@index`.',
    pages: ['order-by#sorting-in-primary-key-order'],
    module: 'queries/index-order.ts',
  },
  {
    does:
      "Session variables, with CockroachDB's defaults and the values that it takes. A value is refused when it would " +
      'change what the stand-in does not do; any other has its effect, or nobody could see it.',
    pages: ['session-variables'],
    module: 'session/variables.ts',
  },
  {
    does:
      'Cluster settings, with their types: those of `sql.defaults` change new sessions, others only steer what the ' +
      'stand-in does not have. Where one would see that a setting has no effect, it keeps its value.',
    pages: ['cluster-settings', 'set-cluster-setting'],
    module: 'session/cluster-settings.ts',
  },
  {
    does:
      'Tables of `crdb_internal` and `system` that a single node can fill: databases, tables, indexes, settings, ' +
      'sessions, jobs, users, roles and privileges. The others have their columns, and are refused when they are read.',
    pages: ['crdb-internal', 'system-catalogs'],
    module: 'virtual-tables/replace-tables.ts',
  },
  {
    does:
      "Retry errors in CockroachDB's words, which programs know them by. The clock readings in them are this " +
      "machine's.",
    pages: ['transaction-retry-error-reference'],
    module: 'results/retry-error.ts',
  },
  {
    does:
      'Names with a database in front, `bank.accounts` and `bank.public.accounts`, in every statement; also the ' +
      'databases of one transaction commit and roll back together. A statement that joins tables of several ' +
      'databases reads those of the others first, at most 10,000 rows of each. No write skew or deadlock across ' +
      'databases is noticed, and no statement changes objects of two.',
    pages: ['sql-name-resolution'],
    module: 'databases/placement.ts',
  },
];
