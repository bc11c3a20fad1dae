import { parseAccept } from 'hono/utils/accept';

/** A content coding in which the build stores a file. */
export type Encoding = 'br' | 'gzip';

/**
 * Returns the offered coding that a client prefers by its `Accept-Encoding` (RFC 9110, 12.5.3), or undefined for no
 * coding. Of codings with the same quality, the first of `offered` is chosen. Without the header, or when the client
 * accepts nothing that is offered, there is no coding.
 */
export function preferredEncoding(accept: string | undefined, offered: readonly Encoding[]): Encoding | undefined {
  const asked = new Map(
    parseAccept(accept ?? '').map(({ type, q }) => [type.toLowerCase().replace(/^x-gzip$/, 'gzip'), q]),
  );
  const others = asked.get('*');
  // Unless it is named, identity comes last among the codings that the client accepts.
  const plain = asked.get('identity') ?? (others === 0 ? 0 : Number.MIN_VALUE);
  const [best] = offered
    .map((encoding) => ({ encoding, quality: asked.get(encoding) ?? others ?? 0 }))
    .filter(({ quality }) => quality > 0 && quality >= plain)
    .toSorted((one, other) => other.quality - one.quality);
  return best?.encoding;
}
