import { SqlError } from '../protocol/problem.ts';
import type { Edits } from './edits.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/** Functions of PostgreSQL that CockroachDB has not, and that would tell or do too much here. */
const NOT_THERE =
  /^(pg_read_\w+|pg_ls_\w+|pg_stat_file|pg_stat_get_\w+|lo_\w+|loread|lowrite|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_create_\w+|pg_drop_\w+|pg_logical_\w+|pg_replication_\w+|pg_backup_\w+|pg_export_snapshot|pg_notify|txid_\w+|pg_current_xact_id\w*|to_regclass|query_to_xml\w*|table_to_xml\w*|database_to_xml\w*|schema_to_xml\w*|cursor_to_xml\w*|xml\w+|pg_log_\w+|pg_signal_\w+|dblink\w*|pg_sequence_last_value|pg_blocking_pids|pg_safe_snapshot_blocking_pids)$/;
/**
 * CockroachDB's special forms that are plain functions here (cockroachlabs.com/docs/stable/functions-and-operators).
 */
const RENAMED: Record<string, string> = { if: 'crdb.if_else', ifnull: 'coalesce', nvl: 'coalesce' };

/** Refuses functions that CockroachDB does not know, and renames those that PostgreSQL calls otherwise. */
export function rewriteFunctions(statement: Statement, edits: Edits): void {
  const { tokens } = statement;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'quoted') continue;
    if (
      token.kind === 'word' &&
      token.value === 'u' &&
      isSign(tokens[i + 1], '&') &&
      tokens[i + 1]!.start === token.end
    )
      edits.insert(token.end, ' ');
    if (!isSign(tokens[i + 1], '(')) continue;
    const definesName =
      isWord(tokens[i - 1], 'into', 'table', 'exists', 'not', 'drop', 'column', 'as') && token.value !== 'if';
    if (!definesName && NOT_THERE.test(token.value)) throw new SqlError('42883', `unknown function: ${token.value}()`);
    if (!definesName && token.value === 'set_config')
      throw new SqlError(
        '0A000',
        `set_config(): unimplemented: the configuration setting ${tokens[i + 2]?.value.replaceAll("'", '"')} is not supported`,
      );
    const renamed = isSign(tokens[i - 1], '.')
      ? undefined
      : Object.hasOwn(RENAMED, token.value)
        ? RENAMED[token.value]
        : undefined;
    if (renamed) edits.replace(token.start, token.end, renamed);
  }
}
