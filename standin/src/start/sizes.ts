const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
  t: 1e12,
  tb: 1e12,
  tib: 2 ** 40,
};

/** A size: in bytes, or as a share of what the machine has (0.25 is a quarter). */
export type Size = { bytes: number } | { share: number };

/**
 * Reads digits and a unit, as `640MiB`, or a share, as `25%` or `.25`. Returns what is wrong with other texts, in the
 * words of a flag's error.
 */
export function readSize(text: string): Size | string {
  const [, digits = '', unit = ''] = /^([0-9.,]*)\s*(.*)$/.exec(text) ?? [];
  const number = Number(digits.replaceAll(',', ''));
  if (digits === '' || Number.isNaN(number))
    return `strconv.ParseFloat: parsing ${JSON.stringify(digits)}: invalid syntax`;
  if (unit === '%') return { share: number / 100 };
  if (unit === '' && number > 0 && number < 1) return { share: number };
  const factor = UNITS[unit.toLowerCase()];
  return factor === undefined ? `unhandled size name: ${unit}` : { bytes: Math.floor(number * factor) };
}

/** Returns a size as the banner prints it: `640 MiB`. */
export function showSize(size: Size): string {
  if ('share' in size) return `${size.share * 100}%`;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, size.bytes)) / 10)));
  const value = size.bytes / 2 ** (10 * step);
  return `${value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.floor(value)} ${units[step]}`;
}
