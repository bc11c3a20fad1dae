import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/**
 * PostgreSQL's functions that CockroachDB does not have, or that would reveal or do too much here. In a name, `*`
 * matches any number of characters, `+` at least one.
 */
const NOT_IN_COCKROACHDB = `
  lo_+ loread lowrite dblink* txid_+ to_regclass xml+
  query_to_xml* table_to_xml* database_to_xml* schema_to_xml* cursor_to_xml*
  pg_read_+ pg_ls_+ pg_stat_file pg_stat_get_+ pg_log_+
  pg_terminate_backend pg_cancel_backend pg_signal_+ pg_reload_conf pg_rotate_logfile
  pg_promote pg_switch_wal pg_create_+ pg_drop_+ pg_logical_+ pg_replication_+ pg_backup_+
  pg_export_snapshot pg_notify pg_current_xact_id* pg_sequence_last_value
  pg_blocking_pids pg_safe_snapshot_blocking_pids`;
const NOT_IN_COCKROACHDB_PATTERN = new RegExp(
  `^(?:${NOT_IN_COCKROACHDB.trim()
    .split(/\s+/)
    .map((name) => name.replace('*', '\\w*').replace('+', '\\w+'))
    .join('|')})$`,
);

/** CockroachDB's special forms (cockroachlabs.com/docs/stable/functions-and-operators), and what replaces them. */
const RENAMED = new Map([
  ['if', 'crdb.if_else'],
  ['ifnull', 'coalesce'],
  ['nvl', 'coalesce'],
]);

/**
 * Renames functions that have another name in PostgreSQL. Throws StatementError (undefinedFunction) for those that
 * CockroachDB does not know.
 *
 *     SELECT IF(a, 1, 2), ifnull(b, 3)
 *     SELECT crdb.if_else(a, 1, 2), coalesce(b, 3)
 */
export function rewriteFunctions(statement: Statement, edits: TextEdits): void {
  const { tokens } = statement;
  for (const [i, token] of tokens.entries()) {
    if (!isName(token)) continue;
    const next = tokens[i + 1];
    // `U&'…'` is one literal to PostgreSQL, and three tokens to CockroachDB.
    if (isWord(token, 'u') && isSign(next, '&') && next!.start === token.end) edits.insert(token.end, ' ');
    if (!isSign(next, '(')) continue;
    if (!isDefined(tokens[i - 1], token)) requireFunction(token.value);
    const renamed = isSign(tokens[i - 1], '.') ? undefined : RENAMED.get(token.value);
    if (renamed !== undefined) edits.replace(token.start, token.end, renamed);
  }
}

/** Whether the parenthesis after a name opens a list of columns, as in `INSERT INTO t (…)`, rather than arguments. */
function isDefined(before: Token | undefined, name: Token): boolean {
  return name.value !== 'if' && isWord(before, 'into', 'table', 'exists', 'not', 'drop', 'column', 'as');
}

function requireFunction(name: string): void {
  if (NOT_IN_COCKROACHDB_PATTERN.test(name))
    throw new StatementError(SQLSTATE.undefinedFunction, `unknown function: ${name}()`);
}
