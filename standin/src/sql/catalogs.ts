import type { Edits } from './edits.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/** PostgreSQL's catalogs that have a view of ours in schema crdb, which tells them as CockroachDB does. */
const VIEWS = [
  'pg_class',
  'pg_constraint',
  'pg_attribute',
  'pg_indexes',
  'pg_index',
  'pg_namespace',
  'pg_database',
  'pg_extension',
  'pg_available_extensions',
  'pg_stat_activity',
  'pg_settings',
  'pg_tables',
  'pg_am',
  'pg_opclass',
  'pg_type',
  'pg_get_constraintdef',
  'pg_get_serial_sequence',
];

/** `pg_catalog.pg_class` means CockroachDB's (cockroachlabs.com/docs/stable/pg-catalog). */
export function rewriteCatalogs(statement: Statement, edits: Edits): void {
  const { tokens } = statement;
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'pg_catalog') && isSign(tokens[i + 1], '.') && isWord(tokens[i + 2], ...VIEWS))
      edits.replace(token.start, token.end, 'crdb');
    if (
      isWord(token, 'information_schema') &&
      isSign(tokens[i + 1], '.') &&
      isWord(tokens[i + 2], 'columns', 'schemata', 'statistics', 'table_constraints', 'key_column_usage', 'tables')
    ) {
      edits.replace(token.start, tokens[i + 2]!.end, `crdb.information_${tokens[i + 2]!.value}`);
      if (!isWord(tokens[i + 3], 'as') && tokens[i + 3]?.kind !== 'quoted' && !alias(tokens[i + 3]?.value))
        edits.insert(tokens[i + 2]!.end, ` AS ${tokens[i + 2]!.value}`);
    }
  }
}

/** An unquoted name after a table is its alias, unless it is a word of the grammar. */
function alias(word: string | undefined): boolean {
  return (
    /^[a-z_]\w*$/.test(word ?? '') &&
    !/^(where|order|group|limit|offset|join|left|right|inner|cross|full|natural|on|union|intersect|except|having|window|for|fetch|using|as)$/.test(
      word!,
    )
  );
}
