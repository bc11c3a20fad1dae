import { parseAccept } from 'hono/utils/accept';

/** A coding that the build made of a file beforehand. */
export type Encoding = 'br' | 'gzip';

/**
 * Which of the codings that there are a client wants most, by its `Accept-Encoding` (RFC 9110, 12.5.3); undefined is
 * the file as it is. Of those that it likes alike, the first of `offered`. Who says nothing, or would take nothing at
 * all, gets the file as it is.
 */
export function preferredEncoding(accept: string | undefined, offered: readonly Encoding[]): Encoding | undefined {
  const asked = new Map(
    parseAccept(accept ?? '').map(({ type, q }) => [type.toLowerCase().replace(/^x-gzip$/, 'gzip'), q]),
  );
  const others = asked.get('*');
  // Unless it is named, the file as it is comes last of what the client takes.
  const plain = asked.get('identity') ?? (others === 0 ? 0 : Number.MIN_VALUE);
  const [best] = offered
    .map((encoding) => ({ encoding, quality: asked.get(encoding) ?? others ?? 0 }))
    .filter(({ quality }) => quality > 0 && quality >= plain)
    .toSorted((one, other) => other.quality - one.quality);
  return best?.encoding;
}
