import { notSupported } from '../../protocol/statement-error.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { readValue } from './setting-value.ts';

/** An offset in an interval, as `+02:00`. */
const OFFSET = /^'([+-]?)(\d\d?):(\d\d)(?::00)?'$/;

/**
 * Reads the value of `SET TIME ZONE` (cockroachlabs.com/docs/stable/set-vars#set-time-zone); undefined for the default.
 * An offset becomes a number of hours, which both CockroachDB and PostgreSQL take. Throws StatementError.
 *
 *     SET TIME ZONE INTERVAL '-03:30' HOUR TO MINUTE
 *     SET timezone = '-3.5'
 */
export function readTimeZone(reader: StatementReader): string | undefined {
  if (reader.skip('default') || reader.skip('local')) {
    reader.expectEnd();
    return undefined;
  }
  if (!reader.skip('interval')) return readValue(reader);
  const [, sign, hours, minutes] = OFFSET.exec(reader.token.value) ?? [];
  if (hours === undefined) throw notSupported('SET TIME ZONE with this interval');
  reader.at++;
  reader.skip('hour', 'to', 'minute');
  reader.expectEnd();
  const offset = Number(hours) + Number(minutes) / 60;
  return offset === 0 ? 'UTC' : `${sign === '-' ? '-' : ''}${offset}`;
}
