const UNIT_MS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 };

/**
 * Returns a duration in milliseconds: `1m30s`, `1.5 h`, `10 seconds`, `00:01:30`, or a number of the given unit;
 * undefined for any other text.
 */
export function readDuration(text: string, unit: 'ms' | 's'): number | undefined {
  const [, minus = '', rest = ''] = /^\s*(-?)\s*(.*?)\s*$/s.exec(text)!;
  const sign = minus ? -1 : 1;
  const [, hours, minutes, seconds = '0'] = /^(\d+):(\d+)(?::(\d+(?:\.\d+)?))?$/.exec(rest) ?? [];
  if (hours !== undefined) return sign * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  const parts = [...rest.matchAll(/(\d+(?:\.\d+)?)\s*(us|ms|s|min|m|h)?(?:ec(?:ond)?s?|utes?|ins?|ours?)?\s*/g)];
  if (!parts.length || parts.map(([part]) => part).join('') !== rest) return undefined;
  return sign * parts.reduce((sum, [, value, given = unit]) => sum + Number(value) * UNIT_MS[given]!, 0);
}

/** Returns a duration as CockroachDB prints it: 90 s are `1m30s`. */
export function printDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 0) return `-${printDuration(-ms)}`;
  if (ms < 1) return `${Math.round(ms * 1000)}µs`;
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = `${Number(((ms / 1000) % 60).toFixed(6))}s`;
  return `${hours ? `${hours}h${minutes}m` : minutes ? `${minutes}m` : ''}${seconds}`;
}

/** Returns a duration as PostgreSQL prints an interval: 90 s are `00:01:30`. */
export function printInterval(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const all = Math.abs(ms);
  const fraction =
    all % 1000
      ? `.${String(Math.round((all % 1000) * 1000))
          .padStart(6, '0')
          .replace(/0+$/, '')}`
      : '';
  const time = `${two(all / 3_600_000)}:${two((all / 60_000) % 60)}:${two((all / 1000) % 60)}${fraction}`;
  return ms < 0 ? `-${time}` : time;
}
