import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** The catalogs that schema crdb replaces, with CockroachDB's contents. */
const PG_CATALOG = `pg_class pg_constraint pg_attribute pg_indexes pg_index pg_namespace pg_database pg_extension
  pg_available_extensions pg_stat_activity pg_tables pg_am pg_opclass pg_type
  pg_roles pg_authid pg_user pg_shadow pg_auth_members pg_views pg_matviews pg_sequence pg_attrdef
  pg_range pg_collation`.split(/\s+/);
const INFORMATION_SCHEMA = `columns schemata statistics table_constraints key_column_usage tables views sequences
  referential_constraints constraint_column_usage check_constraints`.split(/\s+/);
/** Functions that PostgreSQL's grammar reads in a way of their own, unless their name is qualified. */
const SPECIAL_FORMS = `coalesce collation extract greatest grouping least normalize nullif overlay position substring
  trim treat`.split(/\s+/);

/** Words after a table that are not an alias. */
const AFTER_TABLE = new Set(
  `where order group limit offset join left right inner cross full natural on union intersect except having window for
  fetch using as`.split(/\s+/),
);

/**
 * Makes statements read the catalogs of schema crdb, which have CockroachDB's contents
 * (cockroachlabs.com/docs/stable/pg-catalog, information-schema).
 *
 *     SELECT * FROM pg_catalog.pg_class, information_schema.columns
 *     SELECT * FROM crdb.pg_class, crdb.information_columns AS columns
 */
export function rewriteCatalogs(statement: Statement, edits: TextEdits): void {
  const { tokens } = statement;
  if (!mentions(tokens, 'pg_catalog', 'information_schema')) return;
  for (const [i, token] of tokens.entries()) {
    const table = tokens[i + 2];
    if (!isName(token) || !isSign(tokens[i + 1], '.') || !isName(table)) continue;
    if (token.value === 'pg_catalog') {
      if (PG_CATALOG.includes(table.value)) edits.replace(token.start, token.end, 'crdb');
      else if (isSign(tokens[i + 3], '(') && !SPECIAL_FORMS.includes(table.value))
        edits.replace(token.start, table.start, '');
    }
    if (token.value === 'information_schema' && INFORMATION_SCHEMA.includes(table.value)) {
      // A column of the table is qualified by the alias that the table gets.
      const isQualifier = isSign(tokens[i + 3], '.');
      edits.replace(token.start, table.end, isQualifier ? table.value : `crdb.information_${table.value}`);
      if (!isQualifier && !beginsAlias(tokens[i + 3])) edits.insert(table.end, ` AS ${table.value}`);
    }
  }
}

/** Whether the token after a table begins an alias of it. */
export function beginsAlias(token: Token | undefined): boolean {
  if (isWord(token, 'as') || token?.kind === 'quoted') return true;
  const word = token?.value ?? '';
  return /^[a-z_]\w*$/.test(word) && !AFTER_TABLE.has(word);
}
