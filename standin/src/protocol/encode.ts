/** The bytes of a message's type and length. */
const HEAD_BYTES = 5;

/**
 * Returns a message of PostgreSQL's protocol 3.0: its type, its length and its parts. Strings become UTF-8 without a
 * terminator; `text` adds one.
 */
export function encode(type: string, ...parts: (Buffer | string)[]): Buffer {
  const sizes = parts.map((part) => (typeof part === 'string' ? Buffer.byteLength(part, 'utf8') : part.length));
  const size = sizes.reduce((sum, each) => sum + each, HEAD_BYTES);
  const message = Buffer.allocUnsafe(size);
  message.write(type, 0, 'latin1');
  message.writeInt32BE(size - 1, 1);
  let at = HEAD_BYTES;
  for (const part of parts) at += typeof part === 'string' ? message.write(part, at, 'utf8') : part.copy(message, at);
  return message;
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
export function text(value: string): string {
  const end = value.indexOf('\0');
  return `${end < 0 ? value : value.slice(0, end)}\0`;
}
