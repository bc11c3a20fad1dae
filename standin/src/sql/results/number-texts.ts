/** A decimal that begins with six zeros after its point, alone or in an array. */
const SMALL = /(?<![\d.])0\.(000000\d*)/g;

/**
 * Returns decimals as CockroachDB writes them: with an exponent from the seventh decimal on.
 *
 *     0.000001, 0.00000012
 *     0.000001, 1.2E-7
 */
export function decimalText(text: string): string {
  return text.replace(SMALL, (plain, decimals: string) => {
    const digits = decimals.replace(/^0+/, '') || '0';
    const exponent = decimals.length - digits.length + 1;
    if (exponent < 7) return plain;
    const rest = digits.slice(1);
    return `${digits[0]}${rest ? `.${rest}` : ''}E-${exponent}`;
  });
}

/** Returns floats, alone or in an array, as CockroachDB writes them: infinity is `+Inf`. */
export function floatText(text: string): string {
  return text.replace(/(-?)Infinity/g, (_, sign: string) => `${sign || '+'}Inf`);
}

/**
 * Returns a whole decimal as CockroachDB writes it when its last digits are an exponent: `15000` with the exponent 3 is
 * `1.5E+4`.
 */
export function exponentText(text: string, exponent: number): string {
  const [, sign = '', digits = ''] = /^(-?)(\d+?)0*$/.exec(text) ?? [];
  const kept = text.length - sign.length - exponent;
  if (kept < 1) return text === '0' ? `0E+${exponent}` : text;
  const shown = digits.padEnd(kept, '0');
  return `${sign}${shown[0]}${kept > 1 ? `.${shown.slice(1)}` : ''}E+${exponent + kept - 1}`;
}
