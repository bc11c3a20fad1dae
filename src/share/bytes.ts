/**
 * The most bytes that are decompressed from a link. A page's blocks, which the server limits to 64 KiB each, rarely
 * come close.
 */
export const MAX_BYTES = 256 * 1024;

/** Returns a text, compressed and encoded in base64url characters. */
export async function pack(text: string): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text), Infinity);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Returns the text that `pack` encoded. Throws a RangeError when it is longer than `maxBytes`, without decompressing
 * the rest, and another error when `packed` is not valid.
 */
export async function unpack(packed: string, maxBytes = MAX_BYTES): Promise<string> {
  if (!/^[\w-]+$/.test(packed)) throw new Error('not base64url');
  const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    await through(new DecompressionStream('deflate-raw'), bytes, maxBytes),
  );
}

/** Returns what a stream makes of the bytes. Reads chunk by chunk, so that no more than `maxBytes` accumulate. */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // Errors here also surface when reading.
  const sent = Promise.allSettled([writer.write(bytes), writer.close()]);
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let sum = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sum += value.length;
    if (sum > maxBytes) {
      await reader.cancel();
      throw new RangeError('too much');
    }
    chunks.push(value);
  }
  await sent;
  const all = new Uint8Array(sum);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
