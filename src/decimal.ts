const DECIMAL = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?$/;

/** Returns `is - was` exactly, as decimal digits; undefined unless both are plain decimal numbers. */
export function differenceOf(was: string | null, is: string | null): string | undefined {
  const [a, b] = [DECIMAL.exec(was ?? ''), DECIMAL.exec(is ?? '')];
  if (!a || !b) return undefined;
  const places = Math.max(a[3]?.length ?? 0, b[3]?.length ?? 0);
  const difference = unitsOf(b, places) - unitsOf(a, places);
  const digits = String(difference < 0n ? -difference : difference).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const part = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${difference < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}

function unitsOf([, sign, whole = '', part = '']: RegExpExecArray, places: number): bigint {
  const units = BigInt(whole + part.padEnd(places, '0'));
  return sign === '-' ? -units : units;
}
