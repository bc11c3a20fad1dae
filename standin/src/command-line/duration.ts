const UNITS_MS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g;

/** Returns a duration such as `24h`, `1h30m` or `1ms` in milliseconds; undefined when the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = [...text.matchAll(PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS_MS[unit!]!, 0);
}

/** Returns what is wrong with a duration, in the words of a flag's error; undefined when it is valid. */
export function checkDuration(text: string): string | undefined {
  return parseDuration(text) === undefined ? `time: invalid duration ${JSON.stringify(text)}` : undefined;
}
