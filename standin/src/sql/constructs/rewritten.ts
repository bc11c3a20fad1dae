import type { Construct } from './construct.ts';

/** What is rewritten in every statement for PostgreSQL: one for each rewriting in rewriting/rewrite.ts. */
export const REWRITTEN = {
  asOf: {
    does:
      '`AS OF SYSTEM TIME` in all its forms, also of `BEGIN` and `SET TRANSACTION`. States of the last two minutes ' +
      'are kept when nothing was written for a moment; a time for which none is kept is refused.',
    pages: ['as-of-system-time', 'follower-reads'],
    module: 'time-travel/as-of-clause.ts',
  },
  literals: {
    does:
      "Constants that PostgreSQL writes otherwise: `b'…'` and `x'…'` are bytes, and `1e10` is printed with its " +
      'exponent.',
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
  integers: {
    does:
      'Integer constants are INT8: what is computed from them, arrays of them, and the columns of `WITH RECURSIVE` ' +
      'and `CREATE TABLE AS`.',
    pages: ['int', 'common-table-expressions#recursive-common-table-expressions'],
    module: 'rewriting/column-constants.ts',
  },
  functions: {
    does:
      'The functions of CockroachDB v21.1 but the spatial ones, with its types and errors; `IF` and `IFNULL`. ' +
      'Functions of PostgreSQL that CockroachDB does not have are not there.',
    pages: ['functions-and-operators'],
    module: 'rewriting/functions.ts',
  },
  forms: {
    does: "`extract('year', x)`, `overlay(a, b, 2)`, `extract_duration(hour FROM x)`, `current_user()`.",
    pages: ['functions-and-operators#special-syntax-forms'],
    module: 'rewriting/special-forms.ts',
  },
  nulls: {
    does: '`abs(NULL)` and `round(NULL, 2)` are NULL, although several forms of the function fit.',
    pages: ['functions-and-operators', 'null-handling'],
    module: 'rewriting/null-arguments.ts',
  },
  strings: {
    does: "`array_agg('a')`, `first_value('a')` and the like: a constant in quotes is a `STRING`.",
    pages: ['functions-and-operators#aggregate-functions', 'window-functions'],
    module: 'rewriting/string-arguments.ts',
  },
  booleans: {
    does: 'A column that is `true` or `false` is called `bool`.',
    pages: ['select-clause'],
    module: 'rewriting/boolean-names.ts',
  },
  time: {
    does: '`now()`, `current_timestamp` and the like: the time of a transaction stays when it is restarted.',
    pages: ['functions-and-operators#date-and-time-functions', 'transactions#automatic-retries'],
    module: 'rewriting/current-time.ts',
  },
  anyLists: {
    does:
      '`= ANY (1, 2)`, `SOME` and `ALL`: a list as well as an array, and an array without parentheses. Lists may be ' +
      'empty, as in `IN ()`.',
    pages: ['scalar-expressions#array-comparison'],
    module: 'rewriting/any-lists.ts',
  },
  emptyArrays: {
    does: '`ARRAY[]` without a type, where a column or the other operand tells it.',
    pages: ['array'],
    module: 'rewriting/empty-arrays.ts',
  },
  subscripts: {
    does: '`ARRAY[…][i]` and `f(…)[i]`. Slices, second subscripts and arrays of arrays are refused, as in CockroachDB.',
    pages: ['array'],
    module: 'rewriting/subscripts.ts',
  },
  typeTests: {
    does: '`IS NAN`, `IS OF`, `IS NOT OF` and `ANNOTATE_TYPE`; `IFERROR` and `ISERROR` are refused.',
    pages: ['scalar-expressions#type-annotations'],
    module: 'rewriting/type-tests.ts',
  },
  collations: {
    does: '`COLLATE locale`, by the collations of ICU; locales with extensions are refused.',
    pages: ['collate'],
    module: 'rewriting/collations.ts',
  },
  precedence: {
    does: '`//` binds as strongly as `*`, `&` more than `|`, and `~` and `@>` like comparisons.',
    pages: ['functions-and-operators#operators'],
    module: 'rewriting/precedence.ts',
  },
  order: {
    does: '`ORDER BY` puts NULLs first, and last when descending; PostgreSQL does it the other way round.',
    pages: ['order-by'],
    module: 'rewriting/order-by.ts',
  },
  hints: {
    does: '`table@index` and `table@{…}` choose an index, which must exist; the answer is the same without.',
    pages: ['table-expressions#force-index-selection'],
    module: 'rewriting/index-hints.ts',
  },
  joinHints: {
    does: '`INNER HASH JOIN` and the like are joins.',
    pages: ['cost-based-optimizer#join-hints'],
    module: 'rewriting/join-hints.ts',
  },
  ordinality: {
    does: '`WITH ORDINALITY` numbers the rows of any source.',
    pages: ['table-expressions#result-reordering-ordinality'],
    module: 'rewriting/ordinality.ts',
  },
  limitedChanges: {
    does:
      '`UPDATE … ORDER BY … LIMIT` and `DELETE … ORDER BY … LIMIT` change the rows that a query with that order ' +
      'and limit finds. `RETURNING NOTHING` returns nothing.',
    pages: ['limit-offset'],
    module: 'rewriting/limited-changes.ts',
  },
} as const satisfies Record<string, Construct>;
