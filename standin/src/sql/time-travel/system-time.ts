import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';

/** A time of CockroachDB's clock: nanoseconds since 1970, and a count that orders what happened in the same one. */
export interface SystemTime {
  nanoseconds: bigint;
  logical: number;
}

const MICROSECOND = 1000n;
const LOGICAL_DIGITS = 10;
const UNITS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** Returns CockroachDB's error about the time of AS OF SYSTEM TIME. */
export function asOfError(message: string): StatementError {
  return new StatementError(SQLSTATE.uncategorized, `AS OF SYSTEM TIME: ${message}`);
}

/** The time now, to the microsecond. */
export function systemTimeNow(): SystemTime {
  const microseconds = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  return { nanoseconds: BigInt(microseconds) * MICROSECOND, logical: 0 };
}

/** Whether `a` is before `b`. */
export function isBefore(a: SystemTime, b: SystemTime): boolean {
  return a.nanoseconds === b.nanoseconds ? a.logical < b.logical : a.nanoseconds < b.nanoseconds;
}

/** As CockroachDB writes a time in messages: `1616161616.123456789,0`. */
export function textOf({ nanoseconds, logical }: SystemTime): string {
  const digits = String(nanoseconds).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)},${logical}`;
}

/** As PostgreSQL reads a timestamp, to the microsecond. */
export function timestampOf({ nanoseconds }: SystemTime): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String((nanoseconds / MICROSECOND) % 1_000_000n).padStart(6, '0')}Z`;
}

/**
 * Reads a time as a decimal, whose fraction is the logical part, as `cluster_logical_timestamp()` returns it; undefined
 * for any other text. Throws StatementError (syntaxError) when it has too many digits.
 */
export function readDecimal(text: string): SystemTime | undefined {
  const [, sign, whole, fraction = ''] = /^\s*([-+]?)(\d+)(?:\.(\d*))?\s*$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  if (fraction.length > LOGICAL_DIGITS)
    throw new StatementError(SQLSTATE.syntaxError, 'AS OF SYSTEM TIME: logical part has too many digits');
  const nanoseconds = BigInt(`${sign === '-' ? '-' : ''}${whole}`);
  return { nanoseconds, logical: Number(fraction.padEnd(LOGICAL_DIGITS, '0')) };
}

/** Reads an interval such as `-1h30m` in nanoseconds, as CockroachDB does; undefined for any other text. */
export function readDuration(text: string): bigint | undefined {
  const [, sign, rest = ''] = /^\s*([-+]?)((?:\d+(?:\.\d*)?\s*(?:ns|us|µs|μs|ms|s|m|h)\s*)+)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  let total = 0;
  for (const [, number, unit] of rest.matchAll(/(\d+(?:\.\d*)?)\s*([a-zµμ]+)/g))
    total += Number(number) * UNITS[unit!]!;
  return BigInt(Math.round(total)) * (sign === '-' ? -1n : 1n);
}

/** Returns the time so far from another. Throws StatementError when CockroachDB takes the interval for none. */
export function shifted(from: SystemTime, nanoseconds: bigint, written: string): SystemTime {
  const microseconds = nanoseconds / MICROSECOND;
  if (microseconds === 0n) throw asOfError(`interval value '${written}' too small, absolute value must be >= 1µs`);
  return { nanoseconds: from.nanoseconds + microseconds * MICROSECOND, logical: 0 };
}

/** Throws StatementError for a time that CockroachDB does not read at: none, before 1970, or still to come. */
export function checkTime(time: SystemTime): void {
  if (time.nanoseconds === 0n && time.logical === 0) throw asOfError('zero timestamp is invalid');
  if (time.nanoseconds < 0n) throw asOfError('timestamp before 1970-01-01T00:00:00Z is invalid');
  const now = systemTimeNow();
  if (isBefore(now, time)) throw asOfError(`cannot specify timestamp in the future (${textOf(time)} > ${textOf(now)})`);
}
