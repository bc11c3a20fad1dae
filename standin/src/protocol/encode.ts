/**
 * Returns a message of PostgreSQL's protocol 3.0: its type, its length and its parts. Strings become UTF-8 without a
 * terminator; `text` adds one.
 */
export function encode(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part));
  const size = body.reduce((sum, part) => sum + part.length, 4);
  const head = Buffer.allocUnsafe(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(size, 1);
  return Buffer.concat([head, ...body], size + 1);
}

/** A number in two bytes. Throws RangeError when it does not fit. */
export function int16(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeInt16BE(value);
  return bytes;
}

/** A number in four bytes; only the lowest 32 bits of a larger one. */
export function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
}

/** A string with the NUL that ends it. A NUL inside would end it early, so it is cut there. */
export function text(value: string): Buffer {
  return Buffer.from(`${value.split('\0', 1)[0]}\0`, 'utf8');
}
