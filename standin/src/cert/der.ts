/**
 * As much of ASN.1's encoding DER (ITU-T X.690) as an X.509 certificate needs. A complete X.509 library takes 90 to 180
 * ms to load and needs a polyfill.
 */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printable: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;
const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;
const UTC_TIME_ENDS = 2050;

/** One encoded value. */
function encode(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits = bytes.toString(16);
  const big = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | big.length]), big]);
}

/** A SEQUENCE: values whose order matters. */
export const sequence = (...values: Uint8Array[]): Buffer => encode(TAG.sequence, ...values);
/** A SET: values whose order does not matter. */
export const set = (...values: Uint8Array[]): Buffer => encode(TAG.set, ...values);
/** A string of bytes. */
export const octetString = (bytes: Uint8Array): Buffer => encode(TAG.octetString, bytes);
/** The boolean `true`. `false` is the default everywhere, so it is never written. */
export const truth = (): Buffer => encode(TAG.boolean, Buffer.from([0xff]));

/** A value tagged `[n]`: the tag wraps the value's own, or with `primitive` replaces it. */
export const tagged = (n: number, content: Uint8Array, primitive = false): Buffer =>
  encode(CONTEXT | (primitive ? 0 : CONSTRUCTED) | n, content);

/** A whole number of zero or more, big-endian. */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.from([0]) : bytes.subarray(start);
  return encode(TAG.integer, digits[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

/** A string of bits. The last `unused` bits do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return encode(TAG.bitString, Buffer.from([unused]), bytes);
}

/** An object identifier from its usual form, as `2.5.4.3`. */
export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
  const base128 = (n: number): number[] =>
    n < 0x80 ? [n] : [...base128(n >> 7).map((digit) => digit | 0x80), n & 0x7f];
  return encode(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** Text: a PrintableString where its characters allow that, else UTF-8. */
export function text(value: string): Buffer {
  return encode(PRINTABLE.test(value) ? TAG.printable : TAG.utf8, Buffer.from(value, 'utf8'));
}

/** A point in time, to the second. The year has two digits before 2050 and four from 2050 on. */
export function time(atMs: number): Buffer {
  const at = new Date(atMs);
  const digits = `${at.toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
  return at.getUTCFullYear() < UTC_TIME_ENDS
    ? encode(TAG.utcTime, Buffer.from(digits.slice(2)))
    : encode(TAG.generalizedTime, Buffer.from(digits));
}

/** The values directly inside an encoded one, each with its tag and length. Throws Error when one is cut off. */
export function parts(encoded: Uint8Array): Buffer[] {
  const found: Buffer[] = [];
  const end = bounds(encoded, 0).end;
  for (let at = bounds(encoded, 0).content; at < end;) {
    const next = bounds(encoded, at).end;
    found.push(Buffer.from(encoded.subarray(at, next)));
    at = next;
  }
  return found;
}

function bounds(bytes: Uint8Array, at: number): { content: number; end: number } {
  const short = bytes[at + 1] ?? 0;
  const more = short & 0x80 ? short & 0x7f : 0;
  let size = more ? 0 : short;
  for (let i = 0; i < more; i++) size = size * 0x100 + (bytes[at + 2 + i] ?? 0);
  const content = at + 2 + more;
  if (content + size > bytes.length) throw new Error('the encoded value is cut off');
  return { content, end: content + size };
}
