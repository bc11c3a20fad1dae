/**
 * The most that is decompressed of a link, bytes: a page's blocks, of which the server takes 64 KiB each, hardly come
 * near it.
 */
export const MOST_BYTES = 256 * 1024;

/** Text, compressed and in letters that an address holds as they are. */
export async function pack(text: string): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text), Infinity);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The text in it. Throws a RangeError when it is more than `mostBytes`, no more of which is decompressed; some other
 * error when it is nothing that `pack` gave.
 */
export async function unpack(packed: string, mostBytes = MOST_BYTES): Promise<string> {
  if (!/^[\w-]+$/.test(packed)) throw new Error('no letters of ours');
  const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    await through(new DecompressionStream('deflate-raw'), bytes, mostBytes),
  );
}

/** What comes out at the other end; whoever reads slowly holds the writer up, so that nothing grows in between. */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  mostBytes: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // What goes wrong here is thrown where it is read.
  const sent = Promise.allSettled([writer.write(bytes), writer.close()]);
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let sum = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sum += value.length;
    if (sum > mostBytes) {
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
