import { SQLSTATE } from '../protocol/sqlstate.ts';
import type { ErrorFields } from '../protocol/statement-error.ts';

/** Begins the notice with which our function `notice` has a client told something. */
const MARK = /^\[notice\] (\w+) ([^]*)$/;
/** From the most severe to the least, as CockroachDB orders them. */
const SEVERITIES = 'ERROR WARNING NOTICE LOG DEBUG1 DEBUG2 DEBUG3 DEBUG4 DEBUG5'.split(' ');

/** Returns the notice that `crdb_internal.notice` sends, as it comes from PostgreSQL; undefined for any other. */
export function readNotice(message: string): ErrorFields | undefined {
  const [, severity, told = ''] = MARK.exec(message) ?? [];
  return severity === undefined ? undefined : { severity, code: SQLSTATE.successfulCompletion, message: told };
}

/** Whether a client whose `client_min_messages` is `least` is told of a notice. */
export function isTold({ severity = 'NOTICE' }: ErrorFields, least: string): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least.toUpperCase().replace(/^DEBUG$/, 'DEBUG2'));
}
